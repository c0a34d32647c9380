import { Route, Routes } from 'react-router';
import { SubscriberView } from './subscriber-view.tsx';
import { Subscribers } from './subscribers.tsx';

export default function SubscribersSection() {
  return (
    <Routes>
      <Route index element={<Subscribers />} />
      <Route path=":id" element={<SubscriberView />} />
    </Routes>
  );
}
