/** The words about what became known after an attendance list was frozen. */
export const corrections = {
  title: 'Đính chính sau khi chốt',
  note: 'Hệ thống hội nghị báo những điều này sau khi danh sách đã chốt. Danh sách đã chốt và mã băm giữ nguyên; dưới đây là thời gian có mặt theo những gì biết được đến nay.',
  before: 'Danh sách đã chốt',
  now: 'Đính chính',
  minutes: 'Số phút',
};
