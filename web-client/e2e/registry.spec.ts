import { expect, test } from './story/people';
import { House } from './story/house';

// Codes of its own each time: what an earlier run left in the registry is not ours.
const RUN = String(Date.now()).slice(-7);
const [OLD, FRESH] = [`BV-${RUN}`, `TR-${RUN}`];
const HOSPITAL = `Bệnh viện thử nghiệm ${RUN}`;
const RENAMED = `Bệnh viện đổi tên ${RUN}`;
const STATION = `Trạm y tế thử nghiệm ${RUN}`;
const HEADINGS = 'Mã điểm cầu,Tên điểm cầu,Loại đơn vị,Đơn vị quản lý (mã),Hiệu lực từ,Phòng họp,Sức chứa';

const file = (...lines: string[]) => ({
  name: 'diem-cau.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from([HEADINGS, ...lines].join('\r\n') + '\r\n'),
});

test.beforeAll(({ house }) => house.clear());
test.afterAll(({ house }) => house.clear());

const DAY = 24 * 60;

test('a table is looked at line by line, corrected, and taken in; a new name leaves earlier briefings alone', async ({
  as,
}) => {
  const page = await as('quantri', { viewport: { width: 1440, height: 900 } });
  const chosen = page.getByLabel('Chọn tệp CSV');
  const line = (n: number) => page.getByRole('group', { name: `Dòng ${n}`, exact: true });
  await page.goto('/registry');
  await page.getByRole('tab', { name: 'Nhập từ tệp' }).click();

  await test.step('the hospital that the next table changes', async () => {
    await chosen.setInputFiles(file(`${OLD},${HOSPITAL},Bệnh viện,BYT,1/1/2025,Phòng 201,20`));
    await expect(line(2)).toContainText('Mới');
    await page.getByRole('button', { name: 'Nhập 1 dòng' }).click();
    await expect(page.getByText('Đã thêm 1, đã sửa 0 điểm cầu.')).toBeVisible();
  });

  const changed = `${OLD},${HOSPITAL},Bệnh viện,BYT,1/1/2025,Hội trường lớn,120`;
  const fresh = `${FRESH},${STATION},Trạm y tế xã,BYT,1/1/2025,,30`;
  await test.step('one new, one changed, one wrong: each says so, and nothing can be taken in', async () => {
    await chosen.setInputFiles(
      file(changed, fresh, `SAI-${RUN},Bệnh viện sai,Bệnh viện,BYT,1/1/2025,,nhiều`),
    );
    await expect(page.getByText('Còn 1 dòng có lỗi. Hãy sửa tệp rồi chọn lại.')).toBeVisible();
    await expect(line(4)).toContainText('Có lỗi');
    await expect(line(4)).toContainText('Sức chứa:');
    await expect(page.getByRole('button', { name: /^Nhập \d/ })).toHaveCount(0);
    await page.getByRole('group', { name: 'Chỉ xem' }).getByText('Tất cả').click();
    await expect(line(2)).toContainText('Thay đổi');
    await expect(line(2)).toContainText(/Phòng họp: Phòng 201.*Hội trường lớn/);
    await expect(line(2)).toContainText(/Sức chứa: 20.*120/);
    await expect(line(3)).toContainText('Mới');
  });

  await test.step('corrected, it is taken in and stands in the registry', async () => {
    await chosen.setInputFiles(file(changed, fresh));
    await page.getByRole('button', { name: 'Nhập 2 dòng' }).click();
    await expect(page.getByText('Đã thêm 1, đã sửa 1 điểm cầu.')).toBeVisible();
    await page.getByRole('tab', { name: 'Danh bạ' }).click();
    await page.getByLabel('Tìm theo tên, mã hoặc tỉnh').fill(OLD);
    await page.getByRole('link', { name: HOSPITAL }).click();
    const card = page.getByRole('article', { name: HOSPITAL });
    await expect(card).toContainText('Hội trường lớn');
    await expect(card).toContainText('120 người');
    await page.getByLabel('Tìm theo tên, mã hoặc tỉnh').fill(FRESH);
    await expect(page.getByRole('link', { name: STATION })).toBeVisible();
    await page.getByLabel('Tìm theo tên, mã hoặc tỉnh').fill(`SAI-${RUN}`);
    await expect(page.getByText('Không có điểm cầu nào như vậy.')).toBeVisible();
  });

  await test.step('renamed from tomorrow: what was before keeps the old name, what comes has the new one', async () => {
    const house = await House.enter(); // knows what has just been taken in
    const wish = { sites: [OLD], items: [{ title: 'Khai mạc', minutes: 5 }] };
    const before = await house.live({ ...wish, title: `Phiên trước khi đổi tên ${RUN}` });
    await house.organizer.post(`/api/briefings/${before.id}/close`);
    const after = await house.draft({ ...wish, title: `Phiên sau khi đổi tên ${RUN}`, startsIn: 3 * DAY });

    await page.getByLabel('Tìm theo tên, mã hoặc tỉnh').fill(OLD);
    await page.getByRole('link', { name: HOSPITAL }).click();
    await page.getByRole('button', { name: 'Thêm thao tác' }).click();
    await page.getByRole('menuitem', { name: 'Đổi tên, chuyển tỉnh' }).click();
    const dialog = page.getByRole('dialog', { name: 'Đổi tên gọi' });
    await dialog.getByLabel('Tên điểm cầu').fill(RENAMED);
    const tomorrow = new Date(Date.now() + DAY * 60_000);
    await dialog
      .getByLabel('Từ ngày')
      .fill(tomorrow.toLocaleDateString('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' }));
    await dialog.getByLabel('Theo văn bản').fill('Quyết định số 12/QĐ-TN');
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await expect(dialog).toBeHidden();
    const names = page.getByRole('region', { name: 'Tên gọi qua các thời kỳ' }).getByRole('listitem');
    await expect(names).toHaveCount(2);
    await expect(names.first()).toContainText(RENAMED);
    await expect(names.last()).toContainText(HOSPITAL);

    const organizer = await as('thuky', { viewport: { width: 1440, height: 900 } });
    await organizer.goto(`/briefings/${before.id}/report`);
    await expect(
      organizer.getByRole('table', { name: 'Điểm danh' }).getByRole('row', { name: HOSPITAL }),
    ).toBeVisible();
    for (const [briefing, name, other] of [
      [before, HOSPITAL, RENAMED],
      [after, RENAMED, HOSPITAL],
    ] as const) {
      await organizer.goto(`/briefings/${briefing.id}/sites`);
      await expect(organizer.getByText(name).first()).toBeVisible();
      await expect(organizer.getByText(other)).toHaveCount(0);
    }
    const path = `/api/briefings/${after.id}`;
    await house.organizer.delete(path, await house.organizer.etag(path));
  });
});
