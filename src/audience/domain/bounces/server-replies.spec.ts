import { describe, expect, it } from '@jest/globals';
import { classifyReply } from './classify-reply.js';
import { isHard } from './delivery-class.js';

/**
 * Replies in the wording of real servers (Gmail, Yahoo, Outlook.com, Exchange, GMX, iCloud, OVH, Postfix, Exim, qmail,
 * Proofpoint, Mimecast, Barracuda), written before the phrases were widened by them. What a server answers for both a
 * stranger and a quarrel with us stays `unknown`.
 */
const REPLIES = [
  [
    'mailbox-full',
    '452 4.2.2 The email account that you tried to reach is over quota and inactive. Please direct the recipient to https://support.google.com/mail/?p=OverQuotaTemp',
  ],
  [
    'mailbox-full',
    "552 5.2.2 The recipient's inbox is out of storage space and inactive. Please direct the recipient to https://support.google.com/mail/?p=OverQuotaPerm",
  ],
  [
    'hard-address',
    "550-5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's email address for typos or unnecessary spaces. https://support.google.com/mail/?p=NoSuchUser",
  ],
  [
    'hard-address',
    '550 5.2.1 The email account that you tried to reach is inactive. https://support.google.com/mail/?p=DisabledUser',
  ],
  [
    'policy',
    '421 4.7.28 Gmail has detected an unusual rate of mail originating from your IP address. To protect our users from spam, mail has been temporarily rate limited.',
  ],
  [
    'policy',
    '550 5.7.26 Your email has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM.',
  ],
  [
    'policy',
    "550 5.7.1 The IP you're using to send mail is not authorized to send email directly to our servers. Please use the SMTP relay at your service provider instead.",
  ],
  ['content', '552 5.7.0 This message was blocked because its content presents a potential security issue.'],
  [
    'transient',
    '450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered.',
  ],
  [
    'hard-address',
    "554 delivery error: dd This user doesn't have a yahoo.com account (someone@yahoo.com) [0] - mta1234.mail.bf1.yahoo.com",
  ],
  [
    'policy',
    '421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1',
  ],
  ['policy', "553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.7, because the ip is in Spamhaus's list"],
  [
    'hard-address',
    '550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302). [AM7EUR06FT051.eop-eur06.prod.protection.outlook.com]',
  ],
  [
    'policy',
    "550 5.7.1 Unfortunately, messages from [192.0.2.7] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150).",
  ],
  ['policy', '451 4.7.650 The mail server [192.0.2.7] has been temporarily rate limited due to IP reputation. (S775)'],
  [
    'policy',
    "550 5.7.515 Access denied, sending domain EXAMPLE.ORG does not meet the required authentication level. The sender's domain in the 5322.From address doesn't meet the authentication requirements defined for the sender.",
  ],
  [
    'hard-address',
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient someone@contoso.example not found by SMTP address lookup',
  ],
  [
    'hard-address',
    '550 5.4.1 Recipient address rejected: Access denied. [DB5EUR01FT064.eop-EUR01.prod.protection.outlook.com]',
  ],
  [
    'mailbox-full',
    '554 5.2.2 STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded; Failed to process message due to a permanent exception',
  ],
  [
    'policy',
    '550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required; Delivery restriction check failed because the sender was not authenticated when sending to this group',
  ],
  ['transient', '451 4.3.2 STOREDRV.Storage; mailbox server is too busy'],
  ['content', '550 5.3.4 ROUTING.SizeLimit; message size exceeds fixed maximum size for route'],
  [
    'unknown',
    '550 Requested action not taken: mailbox unavailable For explanation visit https://postmaster.gmx.net/en/case?c=r0601&i=ip&v=192.0.2.7',
  ],
  [
    'policy',
    '554-gmx.net (mxgmx017) Nemesis ESMTP Service not available 554-No SMTP service 554-IP address is black listed. For explanation visit https://www.gmx.net/mail/senderguidelines',
  ],
  [
    'policy',
    '550 5.7.1 This message was not accepted due to domain owner DMARC policy (RFC 7489) https://support.apple.com/en-us/HT204137',
  ],
  ['hard-address', '550 5.1.1 <someone@icloud.com>: user does not exist'],
  ['mailbox-full', '552 5.2.2 <someone@icloud.com>: user is over quota'],
  [
    'policy',
    '550 5.7.0 Local Policy Violation: [CS01] Message rejected due to local policy. Please visit https://support.apple.com/en-us/HT204137',
  ],
  ['hard-address', '550 5.1.1 <x@ovh.example>: Recipient address rejected: User unknown in virtual mailbox table'],
  [
    'hard-address',
    '550 5.1.1 <x@a.example>: Recipient address rejected: undeliverable address: host mail.a.example said: 550 No Such User Here',
  ],
  [
    'transient',
    '450 4.1.1 <x@a.example>: Recipient address rejected: unverified address: Address verification in progress',
  ],
  ['transient', '451 4.3.5 <x@a.example>: Recipient address rejected: Server configuration problem'],
  ['hard-domain', '550 5.1.2 <x@nowhere.example>: Recipient address rejected: Domain not found'],
  ['hard-address', '550 Unrouteable address'],
  [
    'policy',
    '550 Verification failed for <news@example.org> 550-Called: 192.0.2.9 550-Sent: RCPT TO:<news@example.org> 550 Sender verify failed',
  ],
  ['transient', '451 Temporary local problem - please try later'],
  ['mailbox-full', '552 Mailbox size limit exceeded'],
  ['hard-address', '550 sorry, no mailbox here by that name. (#5.7.17)'],
  ['policy', "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"],
  ['hard-address', '511 sorry, no mailbox here by that name (#5.1.1 - chkuser)'],
  ['mailbox-full', "552 5.2.2 qmail-local: this user's mailbox is over the limit, user has no room"],
  ['policy', '554 Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.7'],
  ['hard-address', '550 5.1.1 User Unknown (in reply to RCPT TO, pphosted)'],
  ['policy', '550 Administrative prohibition - envelope blocked - https://community.mimecast.com/docs/DOC-1369#550'],
  [
    'transient',
    '451 Internal resources are temporarily unavailable - https://community.mimecast.com/docs/DOC-1369#451',
  ],
  [
    'content',
    '554 Email rejected due to security policies - https://community.mimecast.com/docs/DOC-1369#554 malware signature match',
  ],
  ['hard-address', '550 Invalid Recipient - https://community.mimecast.com/docs/DOC-1369#550'],
  ['policy', '550 permanent failure for one or more recipients (x@a.example:blocked)'],
  ['hard-address', '550 permanent failure for one or more recipients (x@a.example:550 5.1.1 No such user)'],
  [
    'policy',
    '554 Service unavailable; Client host [192.0.2.7] blocked using Barracuda Reputation; http://www.barracudanetworks.com/reputation/?r=1&ip=192.0.2.7',
  ],
  ['transient', '421 4.3.0 Internal Software Error, closing transmission channel'],
  ['mailbox-full', '550 5.1.1 The mailbox is full: this recipient cannot take more mail'],
  ['hard-address', '550 5.1.1 Mailbox not found: the address was abandoned by its owner'],
  ['hard-address', '550 5.1.6 Recipient no longer on server: x@a.example'],
  ['policy', '554 5.7.1 Too much mail from this host today, sender looks like a bot'],
  ['transient', '432 4.3.2 Concurrent connections limit for this organization reached, closing'],
  ['content', '550 5.7.1 Our filter thinks that this is unwanted advertising'],
  ['hard-domain', '550 5.4.4 Unable to route: no mail exchanger for a.example'],
] as const;

describe('replies of real servers', () => {
  it.each(REPLIES)('say %s: %s', (expected, reply) => {
    expect(classifyReply(undefined, undefined, reply)).toBe(expected);
  });

  it('take nobody off the list for what is ours, a full mailbox or a busy server', () => {
    const wrong = REPLIES.filter(
      ([expected, reply]) => isHard(classifyReply(undefined, undefined, reply)) && !expected.startsWith('hard'),
    );
    expect(wrong).toEqual([]);
  });
});
