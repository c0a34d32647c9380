import type { SubscriberResponse } from '../../api/generated/types.gen.ts';

export const STATUSES = ['pending', 'confirmed', 'unsubscribed', 'bounced', 'complained', 'erased'] as const;
type Status = SubscriberResponse['status'];

export const PEOPLE_COLORS: Readonly<Record<Status, string>> = {
  pending: 'yellow',
  confirmed: 'teal',
  unsubscribed: 'gray',
  bounced: 'orange',
  complained: 'red',
  erased: 'gray',
};

export interface PeopleFilters {
  status?: Status;
  tag?: string;
  segmentId?: string;
}

/** The filters of the API, from the address of the page; what is no filter is left out. */
export const filtersOf = (params: URLSearchParams): PeopleFilters & Record<string, string> => {
  const status = STATUSES.find((one) => one === params.get('status'));
  const tag = params.get('tag');
  const segmentId = params.get('segment');
  return { ...(status ? { status } : {}), ...(tag ? { tag } : {}), ...(segmentId ? { segmentId } : {}) };
};
