import { defineTexts } from '../../lib/i18n.ts';

export const slipTexts = defineTexts('slip', {
  zh: {
    entry: '门禁码',
    entryWindow: '{{from}} 至 {{until}} 可开门',
    title: '预约凭条',
    print: '打印',
    back: '返回',
    qr: '预约 {{code}} 的二维码',
    price: '费用',
    show: '签到时请出示此凭条。',
    call: '如不能来，请致电 {{phone}}。',
  },
  en: {
    entry: 'Door code',
    entryWindow: 'Opens the door from {{from}} to {{until}}',
    title: 'Booking slip',
    print: 'Print',
    back: 'Back',
    qr: 'QR code of booking {{code}}',
    price: 'Price',
    show: 'Show this slip when you come.',
    call: 'If you cannot come, call {{phone}}.',
  },
});
