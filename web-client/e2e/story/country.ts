import type { House } from './house';
import { Program } from './program';

interface Site {
  readonly code: string;
  readonly id: string;
  readonly operator: Program;
}

/** Names that are nobody's: the words mean sample, example, test. */
const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Ngô'];
const MIDDLE = ['Văn', 'Thị', 'Minh', 'Thanh', 'Ngọc'];
const GIVEN = ['Mẫu', 'Thí Dụ', 'Giả Định', 'Ví Von', 'Thử Nghiệm', 'Minh Họa', 'Mô Phỏng'];
const TITLES = ['Phó Giám đốc', 'Chánh Văn phòng', 'Trưởng phòng Nghiệp vụ Y', 'Giám đốc CDC'];

const MOST_ROLES = 20;

/** All departments of the country, each with somebody who operates it: a whole conference without 34 people. */
export class Country {
  private constructor(
    private readonly house: House,
    readonly sites: readonly Site[],
    private readonly lines: Map<string, () => void>,
  ) {}

  static async muster(house: House): Promise<Country> {
    const administrator = await Program.signIn('quantri');
    const codes = [...house.codes('CENTRE'), ...house.codes('REPRESENTATIVE'), ...house.codes('DEPARTMENT')];
    const sites: Site[] = [];
    for (let first = 0; first < codes.length; first += MOST_ROLES) {
      const some = codes.slice(first, first + MOST_ROLES);
      const { person, password } = await administrator.post<{
        person: { username: string };
        password: string;
      }>('/api/people', {
        username: `vanhanh${Date.now()}`,
        name: 'Tổ vận hành (mẫu)',
        roles: some.map((code) => ({
          role: 'SITE_OPERATOR',
          organisation: house.organisation,
          endpoint: house.site(code),
        })),
      });
      const operator = await Program.signIn(person.username, password);
      sites.push(...some.map((code) => ({ code, id: house.site(code), operator })));
    }
    return new Country(house, sites, new Map());
  }

  site(code: string): Site {
    const site = this.sites.find((one) => one.code === code);
    if (!site) throw new Error(`There is no department ${code}`);
    return site;
  }

  /** All join, but for some; each writes down a few delegates. */
  async joins(briefing: string, but: readonly string[] = []): Promise<void> {
    for (const [n, { code, id, operator }] of this.sites.entries()) {
      if (but.includes(code)) continue;
      if (!this.lines.has(code)) this.lines.set(code, await operator.follow(`endpoint/${id}`));
      const path = `/api/briefings/${briefing}/endpoints/${id}`;
      await operator.post(`${path}/join`);
      for (let seat = 0; seat <= (n * 7) % 4; seat++)
        await operator.post(`${path}/delegates`, {
          name: pick(FAMILY, n + seat * 3) + ' ' + pick(MIDDLE, n + seat) + ' ' + pick(GIVEN, n * 2 + seat),
          title: pick(TITLES, seat),
        });
    }
  }

  /** Asks to speak, for one who sits there. */
  async asks(briefing: string, code: string, topic: string): Promise<string> {
    const { id: endpoint, operator } = this.site(code);
    const { invitations } = await this.house.organizer.get<{
      invitations: { endpoint: string; delegates: { id: string }[] }[];
    }>(`/api/briefings/${briefing}`);
    const delegate = invitations.find((site) => site.endpoint === endpoint)?.delegates[0]?.id;
    const request = { endpoint, topic, ...(delegate !== undefined && { delegate }) };
    return (await operator.post<{ id: string }>(`/api/briefings/${briefing}/floor`, request)).id;
  }

  /** Somebody stumbles over a cable. */
  loses(code: string): void {
    this.lines.get(code)?.();
    this.lines.delete(code);
  }

  end(): void {
    for (const code of [...this.lines.keys()]) this.loses(code);
  }
}

function pick(from: readonly string[], n: number): string {
  return from[n % from.length] ?? '';
}
