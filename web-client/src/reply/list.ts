import type { Schema } from '../lib/api';
import type { EndpointPicture, ReplyPicture } from '../lib/picture';

export type Which = 'all' | 'none' | 'CONFIRMED' | 'DECLINED' | 'asked';

export interface Asked {
  readonly id: string;
  readonly name: string;
  readonly reply: ReplyPicture;
}

/** All sites with what they answered, in the order of protocol. */
export function asked(endpoints: Readonly<Record<string, EndpointPicture>> | undefined): Asked[] {
  return Object.entries(endpoints ?? {})
    .sort(([, a], [, b]) => a.sort - b.sort || a.name.localeCompare(b.name, 'vi'))
    .map(([id, { name, reply }]) => ({ id, name, reply: reply ?? {} }));
}

export function fits({ reply }: Asked, which: Which): boolean {
  if (which === 'all') return true;
  if (which === 'none') return reply.answer === undefined;
  if (which === 'asked') return reply.substitute?.consent === 'ASKED';
  return reply.answer === which;
}

/** One line for each contact of the sites that have not answered, ready for a mail or a chat. */
export function contactLines(items: readonly Schema<'SiteReply'>[], noContact: string): readonly string[] {
  return items
    .filter(({ answer }) => answer === undefined)
    .flatMap(({ name, contacts }) =>
      contacts.length === 0
        ? [`${name}: ${noContact}`]
        : contacts.map((one) =>
            [`${name}: ${one.name}`, one.title, one.phone, one.email].filter(Boolean).join(', '),
          ),
    );
}
