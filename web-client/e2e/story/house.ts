import { Program } from './program';

interface Card {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly plannedStart: string;
}
interface Named {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
}
export type Audience = 'PUBLIC' | 'PRESS' | 'SITE' | 'STAFF';
export interface Item {
  readonly title: string;
  readonly titleEn?: string;
  readonly minutes: number;
  readonly visibility?: Audience;
  readonly speaker?: string;
  readonly endpoint?: string;
}
export interface Planned {
  readonly id: string;
  /** In the order of the agenda. */
  readonly items: readonly string[];
}
export interface Wish {
  readonly title: string;
  readonly titleEn?: string;
  /** Minutes from now. */
  readonly startsIn: number;
  readonly minutes?: number;
  readonly items: readonly Item[];
  /** Codes of endpoints, for instance `SYT-40`. */
  readonly sites: readonly string[];
  readonly more?: Record<string, unknown>;
}

const MINUTE = 60_000;

/** The ministry of the sample content, and what stories need of it: rooms and people free, briefings planned. */
export class House {
  private constructor(
    readonly organizer: Program,
    readonly organisation: string,
    private readonly endpoints: ReadonlyMap<string, Named>,
  ) {}

  static async enter(): Promise<House> {
    const organizer = await Program.signIn('thuky');
    const { roles } = await organizer.get<{ roles: { role: string; organisation: string }[] }>(
      '/api/session',
    );
    const { items } = await organizer.get<{ items: Named[] }>('/api/endpoints?limit=200');
    const organisation = roles.find(({ role }) => role === 'ORGANIZER')?.organisation ?? '';
    return new House(organizer, organisation, new Map(items.map((endpoint) => [endpoint.code, endpoint])));
  }

  /** The codes of all endpoints of a kind. */
  codes(kind: string): string[] {
    return [...this.endpoints.values()].filter((one) => one.kind === kind).map(({ code }) => code);
  }

  site(code: string): string {
    return this.#endpoint(code).id;
  }

  siteName(code: string): string {
    return this.#endpoint(code).name;
  }

  #endpoint(code: string): Named {
    const endpoint = this.endpoints.get(code);
    if (!endpoint) throw new Error(`There is no endpoint ${code}`);
    return endpoint;
  }

  async person(words: string): Promise<string> {
    const { items } = await this.organizer.get<{ items: { id: string }[] }>(
      `/api/people?q=${encodeURIComponent(words)}`,
    );
    return items[0]?.id ?? '';
  }

  /** Nothing of ours is open or planned for the coming hours: people, sites and rooms are free. */
  async clear(): Promise<void> {
    const to = new Date(Date.now() + 9 * 60 * MINUTE).toISOString();
    const { items } = await this.organizer.get<{ items: Card[] }>(`/api/briefings?limit=200&to=${to}`);
    for (const { id, status } of items) await this.#end(id, status);
  }

  async #end(id: string, status: string): Promise<void> {
    const path = `/api/briefings/${id}`;
    if (status === 'OPEN' || status === 'LIVE') await this.organizer.post(`${path}/close`);
    else if (status === 'DRAFT') await this.organizer.delete(path, await this.organizer.etag(path));
    else if (status === 'SCHEDULED' || status === 'POSTPONED') {
      const reason = 'Nhường chỗ cho phiên sau';
      await this.organizer.post(`${path}/cancel`, { reason }, await this.organizer.etag(path));
    }
  }

  /** A draft with its agenda and invitations. */
  async draft({ title, titleEn, startsIn, minutes = 60, items, sites, more = {} }: Wish): Promise<Planned> {
    const start = Date.now() + startsIn * MINUTE;
    const { id } = await this.organizer.post<{ id: string }>('/api/briefings', {
      organisation: this.organisation,
      kind: 'BRIEFING',
      visibility: 'PUBLIC',
      title,
      ...(titleEn !== undefined && { titleEn }),
      plannedStart: new Date(start).toISOString(),
      plannedEnd: new Date(start + minutes * MINUTE).toISOString(),
      chair: await this.person('Nguyễn Văn Mẫu'),
      hub: this.site('BYT'),
      ...more,
    });
    const ids: string[] = [];
    for (const { endpoint, ...item } of items) {
      const body = { ...item, ...(endpoint !== undefined && { endpoint: this.site(endpoint) }) };
      ids.push((await this.organizer.post<{ id: string }>(`/api/briefings/${id}/agenda`, body)).id);
    }
    const endpoints = sites.map((code) => this.site(code));
    if (endpoints.length > 0) await this.organizer.post(`/api/briefings/${id}/endpoints`, { endpoints });
    return { id, items: ids };
  }

  async schedule(id: string): Promise<void> {
    const path = `/api/briefings/${id}`;
    await this.organizer.post(`${path}/schedule`, undefined, await this.organizer.etag(path));
  }

  /** Planned for later than the doors open by themselves, and opened by hand. */
  async open(wish: Omit<Wish, 'startsIn'>): Promise<Planned> {
    const planned = await this.draft({ startsIn: 45, ...wish });
    await this.schedule(planned.id);
    await this.organizer.post(`/api/briefings/${planned.id}/open`);
    return planned;
  }

  /** Open and begun, its first item live. */
  async live(wish: Omit<Wish, 'startsIn'>): Promise<Planned> {
    const planned = await this.open(wish);
    await this.organizer.post(`/api/briefings/${planned.id}/start`);
    await this.organizer.post(`/api/briefings/${planned.id}/agenda/${planned.items[0]}/start`);
    return planned;
  }
}
