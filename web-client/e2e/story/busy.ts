import type { House, Planned } from './house';
import { Program } from './program';

/** A briefing in full swing: sites connected and one lost, delegates, a queue of speakers, lines to the stage and a site. */
export class Busy {
  private constructor(
    readonly briefing: Planned,
    private readonly lines: (() => void)[],
  ) {}

  static async begin(house: House): Promise<Busy> {
    const briefing = await house.open({
      title: 'Giao ban công tác y tế khu vực miền núi và đô thị',
      titleEn: 'Briefing on health work in the highlands and the cities',
      sites: ['VPB-HCM', 'SYT-04', 'SYT-40', 'SYT-15', 'SYT-52'],
      items: [
        {
          title: 'Điểm danh, thông qua chương trình',
          minutes: 5,
          visibility: 'PUBLIC',
          speaker: 'Trần Thị Ví Dụ',
        },
        { title: 'Điểm báo tuần', minutes: 10, visibility: 'STAFF', speaker: 'Lê Hư Cấu' },
        { title: 'Tình hình khu vực phía Nam', minutes: 10, visibility: 'PUBLIC', endpoint: 'VPB-HCM' },
        {
          title: 'Nghệ An: kiểm soát thủ tục hành chính',
          minutes: 10,
          visibility: 'PUBLIC',
          endpoint: 'SYT-40',
        },
        { title: 'Cao Bằng: trực y tế vùng cao', minutes: 10, visibility: 'SITE', endpoint: 'SYT-04' },
        { title: 'Kết luận', minutes: 15, visibility: 'PUBLIC', speaker: 'Nguyễn Văn Mẫu' },
      ],
    });
    const path = `/api/briefings/${briefing.id}`;
    const lines: (() => void)[] = [];
    const sites = { hcm: 'VPB-HCM', nghean: 'SYT-40', caobang: 'SYT-04' };
    for (const [username, code] of Object.entries(sites)) {
      const site = await Program.signIn(username);
      const endpoint = house.site(code);
      lines.push(await site.follow(`endpoint/${endpoint}`));
      await site.post(`${path}/endpoints/${endpoint}/join`);
      const { id: delegate } = await site.post<{ id: string }>(`${path}/endpoints/${endpoint}/delegates`, {
        name: `Đại biểu ${house.siteName(code)}`,
        title: 'Phó Giám đốc',
      });
      await site.post(`${path}/floor`, { endpoint, delegate, topic: 'Nhân lực trực dịp lễ' });
    }
    const { organizer } = house;
    await organizer.post(`${path}/start`);
    const [first, second] = briefing.items;
    await organizer.post(`${path}/agenda/${first}/start`);
    await organizer.post(`${path}/agenda/${second}/skip`);
    await organizer.post(`${path}/agenda/${briefing.items[2]}/start`);
    await organizer.post(`${path}/agenda`, { title: 'Tin vừa nhận', minutes: 5, before: briefing.items[3] });
    await organizer.put(`${path}/line`, { text: 'còn 2 phút' });
    await organizer.put(`${path}/endpoints/${house.site('SYT-40')}/line`, { text: 'chuẩn bị phát biểu' });
    return new Busy(briefing, lines);
  }

  end(): void {
    for (const line of this.lines) line();
  }
}
