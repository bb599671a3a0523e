import { defineTexts } from '../../lib/i18n.ts';

/** What a session card says; the booking form has texts of its own. */
export const sessionTexts = defineTexts('sessions', {
  zh: {
    left_other: '余 {{count}} 位',
    full: '已满',
    closed: '已停止预约',
    allocating: '抽签分配',
    started: '已开始',
    everybody: '不限年龄',
    gross: '成本价 {{price}}，其余由政府或中心承担',
  },
  en: {
    left_one: '{{count}} place left',
    left_other: '{{count}} places left',
    full: 'Full',
    closed: 'No longer bookable',
    allocating: 'Given by a draw',
    started: 'Has started',
    everybody: 'All ages',
    gross: 'Costs {{price}}; the city or the center pays the rest',
  },
});
