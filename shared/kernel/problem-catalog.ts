/**
 * Every way Linli says no: code → HTTP status and what a person reads. The code is the last part of the problem's `type` URI
 * and never changes; the texts say what is wrong and, where there is something to do, what to do.
 */
export const problemCatalog = {
  // the request itself
  'bad-json': { status: 400, zh: '请求内容不是有效的 JSON。', en: 'The body is not valid JSON.' },
  'invalid-input': {
    status: 422,
    zh: '有内容填写不正确，请按提示修改。',
    en: 'Something is not filled in correctly; see the fields.',
  },
  'unsupported-media-type': {
    status: 415,
    zh: '请以 application/json 提交。',
    en: 'Send the body as application/json.',
  },
  'too-large': { status: 413, zh: '提交的内容太大。', en: 'The body is too large.' },
  'not-found': { status: 404, zh: '没有找到您要的内容。', en: 'There is nothing here.' },
  'method-not-allowed': { status: 405, zh: '此地址不支持这种操作。', en: 'This address does not take that method.' },
  'invalid-cursor': {
    status: 400,
    zh: '翻页标记无效，请从第一页重新开始。',
    en: 'The page cursor is not valid; start from the first page.',
  },
  'precondition-failed': {
    status: 412,
    zh: '内容已被他人修改，请刷新后再试。',
    en: 'It has changed since you read it; reload and try again.',
  },
  'precondition-required': {
    status: 428,
    zh: '修改时必须携带 If-Match。',
    en: 'Send If-Match with the ETag that you read.',
  },
  'idempotency-key-required': {
    status: 400,
    zh: '缺少 Idempotency-Key 请求头。',
    en: 'The Idempotency-Key header is missing.',
  },
  'idempotency-key-reused': {
    status: 422,
    zh: '同一个 Idempotency-Key 已用于另一项内容。',
    en: 'This Idempotency-Key was used for a different request.',
  },
  'rate-limited': {
    status: 429,
    zh: '操作太频繁，请稍后再试。',
    en: 'Too many attempts; wait a little and try again.',
  },
  // who you are, what you may do
  'not-signed-in': { status: 401, zh: '请先登录。', en: 'Sign in first.' },
  'token-expired': { status: 401, zh: '登录已过期，请重新登录。', en: 'Your sign-in has expired; sign in again.' },
  'refresh-reused': {
    status: 401,
    zh: '登录凭证已失效，为安全起见请重新登录。',
    en: 'This sign-in is no longer valid; for safety, sign in again.',
  },
  'sign-in-code-wrong': { status: 401, zh: '验证码不正确或已失效。', en: 'The code is wrong or no longer valid.' },
  forbidden: { status: 403, zh: '您没有这项权限。', en: 'You may not do this.' },
  'no-authority': { status: 403, zh: '您不能代表此人办理。', en: 'You may not act for this person.' },
  'own-grant': { status: 403, zh: '不能给自己授予职务。', en: 'Nobody grants a post to themselves.' },
  // people
  'person-exists': { status: 409, zh: '此人已有档案。', en: 'This person already has a record.' },
  'resident-id-check': {
    status: 422,
    zh: '身份证号码有误，请核对。',
    en: 'The resident ID number is not correct; check it.',
  },
  'phone-format': { status: 422, zh: '手机号码格式不正确。', en: 'This is not a phone number we can reach.' },
  'too-many-members': { status: 409, zh: '家庭成员已达上限。', en: 'The household has reached its limit of members.' },
  'already-in-household': {
    status: 409,
    zh: '您已加入一个家庭。',
    en: 'You already belong to a household.',
  },
  'last-adult': {
    status: 409,
    zh: '您是这个家庭中唯一的成年人，家里还有孩子或老人，暂时不能退出。请先邀请另一位成年人加入。',
    en: 'You are the only adult here and children or elders depend on the household; invite another adult first.',
  },
  'invitation-gone': {
    status: 410,
    zh: '这份邀请已经处理、撤回或过期。如仍需要，请对方重新邀请。',
    en: 'This invitation has been answered, withdrawn, or has expired; ask for a new one if you still need it.',
  },
  'adults-only': {
    status: 409,
    zh: '只有年满 18 周岁的人可以接受。',
    en: 'Only people of 18 and over can accept this.',
  },
  'already-granted': { status: 409, zh: '已有相同的授权。', en: 'The same grant already exists.' },
  'grant-ended': { status: 409, zh: '此授权已经结束。', en: 'This grant has already ended.' },
  'own-rights': {
    status: 403,
    zh: '不能修改自己的权限，请由另一位可以管理的家人修改。',
    en: 'Nobody changes their own rights; ask another person who manages them.',
  },
  'already-limited': {
    status: 409,
    zh: '此人对这个孩子已有生效中的限制。',
    en: 'This adult is already limited for this child.',
  },
  'limit-lifted': { status: 409, zh: '这项限制已经解除。', en: 'This limit has already been lifted.' },
  'no-household': {
    status: 409,
    zh: '您还没有家庭。请先建立家庭，再接受合并；或请对方邀请您加入。',
    en: 'You have no household yet. Found one first, or ask them to invite you into theirs.',
  },
  'merge-standing': {
    status: 409,
    zh: '其中一个家庭刚合并过，合并满 30 天后才能再次合并。',
    en: 'One of the two households was merged less than 30 days ago; it can merge again after that.',
  },
  'merge-final': {
    status: 409,
    zh: '合并已超过 30 天，不能再撤销。需要分开时，成员可以各自退出家庭。',
    en: 'The merge is more than 30 days old and can no longer be undone; members can still leave on their own.',
  },
  // claims on time and places
  'slot-taken': {
    status: 409,
    zh: '这个时段刚被订走，请另选时间。',
    en: 'This time has just been taken; pick another.',
  },
  'outside-opening-hours': { status: 409, zh: '所选时间不在开放时间内。', en: 'The center is not open at that time.' },
  'off-grid': {
    status: 422,
    zh: '时间须为整刻钟，且结束晚于开始。',
    en: 'Times lie on quarter-hours, the end after the start.',
  },
  'in-the-past': { status: 409, zh: '所选时间已过。', en: 'That time has already passed.' },
  'too-far-ahead': { status: 409, zh: '还没有开放到这一天的预约。', en: 'Bookings are not open that far ahead.' },
  'too-long': { status: 409, zh: '超过单次可预约时长。', en: 'This is longer than one booking may be.' },
  'daily-limit': {
    status: 409,
    zh: '当天的场地预约时长已达上限。',
    en: 'The limit of room time for one person and day is reached.',
  },
  'room-not-bookable': { status: 409, zh: '此场地不对外预约。', en: 'This room cannot be booked.' },
  'session-full': { status: 409, zh: '名额已满。', en: 'No place is left.' },
  'session-closed': { status: 409, zh: '此场次已停止预约。', en: 'This session no longer takes bookings.' },
  'session-started': { status: 409, zh: '此场次已经开始。', en: 'This session has already started.' },
  'already-booked': { status: 409, zh: '此人已预约该场次。', en: 'This person already has a place in this session.' },
  'person-busy': {
    status: 409,
    zh: '此人在同一时间已有其他安排。',
    en: 'This person has something else at that time.',
  },
  age: {
    status: 422,
    zh: '当天的年龄不符合要求。',
    en: 'The age on the day of the session is not the one that is asked for.',
  },
  district: {
    status: 422,
    zh: '这个项目面向指定区县的居民；请在个人资料中核对所在区县。',
    en: 'This is for residents of certain districts; check the district in the profile.',
  },
  school: {
    status: 422,
    zh: '这个项目面向指定学校的学生，以中心核对过的学籍为准；请在资料中填写学校，并带学籍材料到邻里中心核对。',
    en: 'This is for students of certain schools, as confirmed by a center: enter the school in the profile and show a paper at the desk.',
  },
  prerequisite: {
    status: 422,
    zh: '需要先参加过指定的项目。',
    en: 'Another program must have been attended before.',
  },
  'birth-date-missing': {
    status: 422,
    zh: '缺少出生日期，无法核对年龄要求。',
    en: 'The date of birth is missing, so the age rule cannot be checked.',
  },
  'provider-not-whitelisted': {
    status: 409,
    zh: '该机构当前不在本中心的白名单内，暂不能预约。',
    en: 'The operator is not on the whitelist for this center and date.',
  },
  'not-with-room': {
    status: 409,
    zh: '所选设备、人员或用途不能与这个场地一起预约。',
    en: 'This cannot be booked together with the room.',
  },
  'quota-exceeded': {
    status: 409,
    zh: '本期可用额度已用完，请等下一期，或改约其他时间。',
    en: 'The allowance for this period is used up; wait for the next one.',
  },
  'pass-empty': {
    status: 409,
    zh: '次卡剩余次数不足，请换一张或改用其他方式。',
    en: 'The pass has not enough units left; use another one, or pay otherwise.',
  },
  'pass-expired': {
    status: 409,
    zh: '这张次卡或这笔资助在当天已过有效期，请改用其他方式。',
    en: 'The pass or fund is no longer valid on that date; pay otherwise.',
  },
  'pass-not-accepted': {
    status: 409,
    zh: '这个项目不能用这张次卡支付，请改用其他方式。',
    en: 'This kind of pass does not pay for it; pay otherwise.',
  },
  'fund-empty': {
    status: 409,
    zh: '资助余额不足，请改用其他方式。',
    en: 'The balance of the fund is not enough; pay otherwise.',
  },
  'hold-expired': {
    status: 409,
    zh: '保留时间已过，名额已释放，请重新预约。',
    en: 'The hold has expired and the place was given free; book again.',
  },
  'already-decided': {
    status: 409,
    zh: '这项申请已经处理过了。',
    en: 'This has been decided already.',
  },
  'amount-changed': {
    status: 409,
    zh: '金额已变化，请核对新的金额后再确认。',
    en: 'The amount is another by now; look at it and confirm again.',
  },
  'held-as-one': {
    status: 409,
    zh: '这项预约还在保留中，属于一个整单：请整单放弃，或先确认，再取消其中一部分。',
    en: 'It is still held as part of one order: give the whole order up, or confirm it first and cancel a part then.',
  },
  'not-held': { status: 409, zh: '没有等待确认的保留。', en: 'There is no hold that waits for this.' },
  'already-waiting': { status: 409, zh: '已在候补名单中。', en: 'Already on the waitlist.' },
  'places-left': { status: 409, zh: '现在有空位，请直接预约。', en: 'There are places left; book one.' },
  'waitlist-full': { status: 409, zh: '候补名单已满。', en: 'The waitlist is full.' },
  'not-waiting': { status: 409, zh: '不在候补名单中。', en: 'Not on the waitlist.' },
  closed: {
    status: 409,
    zh: '该时段因临时关闭不可预约。',
    en: 'It is closed at that time.',
  },
  'order-released': {
    status: 409,
    zh: '这次预约没有全部成功，已全部释放，请重新预约。',
    en: 'This booking could not be made whole, so nothing was kept; book again.',
  },
  'too-late-to-cancel': {
    status: 409,
    zh: '已经开始或已结束，不能在线取消；请联系中心。',
    en: 'It has already started, so it cannot be canceled here; call the center.',
  },
  'already-checked-in': { status: 409, zh: '已经签到。', en: 'Already checked in.' },
  'already-checked-out': { status: 409, zh: '已经签退。', en: 'Already checked out.' },
  'not-checked-in': { status: 409, zh: '尚未签到。', en: 'Not checked in yet.' },
  'not-today': { status: 409, zh: '不是今天的预约。', en: 'This booking is not for today.' },
  'no-show-too-early': {
    status: 409,
    zh: '开始 15 分钟后才能记为未到。',
    en: 'Somebody can be marked as a no-show from 15 minutes after the start on.',
  },
  'not-a-no-show': { status: 409, zh: '这个预约没有记为未到。', en: 'This booking is not marked as a no-show.' },
  'already-appealed': {
    status: 409,
    zh: '已提交过申诉，请等中心答复。',
    en: 'It has been contested already; the center will answer.',
  },
  'no-appeal': { status: 409, zh: '还没有人对此申诉。', en: 'Nobody has contested this.' },
  'code-unknown': { status: 404, zh: '今天本中心没有此预约码。', en: 'No booking at this center today has that code.' },
  'room-needs-no-check-in': {
    status: 409,
    zh: '这是场地预约，无需签到，请按预约时间使用场地。',
    en: 'This code is for a room; rooms need no check-in. The room is theirs at the booked time.',
  },
  'code-ambiguous': { status: 409, zh: '有两个预约匹配，请按姓名选择。', en: 'Two bookings match; pick by name.' },
  // doors and waivers
  'entry-refused': {
    status: 403,
    zh: '门禁码现在不能开门。它从预约开始前 5 分钟到结束后 5 分钟有效，取消后失效。',
    en: 'This code does not open the door now. It works from 5 minutes before the booking to 5 minutes after it, and not after a cancellation.',
  },
  'waiver-missing': {
    status: 412,
    zh: '还有同意书没有签署现行版本，签署后才能签到。',
    en: 'A waiver has not been signed in its current version; sign it, then check in.',
  },
  'waiver-outdated': {
    status: 409,
    zh: '这份同意书已更新，请阅读并签署现行版本。',
    en: 'This waiver has a newer version; read and sign that one.',
  },
  // allocation rounds
  'in-allocation': {
    status: 409,
    zh: '此场次的名额正在抽签分配，请到“抽签分配”中报名；抽签后剩余的名额先到先得。',
    en: 'The places of this session are given by a draw; apply in its round. What is left after the draw is first come, first served.',
  },
  'session-not-allocatable': {
    status: 409,
    zh: '有场次不能抽签分配：它不在开放预约中、有人候补、已属于另一轮，或在抽签前就开始。',
    en: 'A session cannot be given by a draw: it is not open, somebody waits for it, it belongs to another round, or it starts before the draw.',
  },
  'round-not-open': {
    status: 409,
    zh: '现在不在报名时间内。',
    en: 'Applications are not taken now; see when the round is open.',
  },
  'already-applied': {
    status: 409,
    zh: '孩子在本轮已有申请。请修改或撤回原来的申请。',
    en: 'The child is in an application of this round already; change or withdraw that one.',
  },
  'wish-not-in-round': {
    status: 422,
    zh: '志愿中有不属于本轮的场次。',
    en: 'A wish is not one of the sessions of this round.',
  },
  'group-not-in-round': { status: 422, zh: '本轮没有这个优先组。', en: 'This round has no such priority group.' },
  'round-decided': {
    status: 409,
    zh: '抽签时间已到，优先组不能再修改。',
    en: 'The time of the draw has come; groups can no longer be changed.',
  },
  'round-not-drawn': {
    status: 409,
    zh: '本轮还没有抽签，结果公布后再来查看。',
    en: 'This round has not been drawn yet; come back after the draw.',
  },
  // series
  'series-rule': {
    status: 422,
    zh: '重复规则无法识别，请检查频率、星期、日期和结束方式。',
    en: 'The rule of repetition cannot be read; check how often, on which days and until when.',
  },
  'series-empty': {
    status: 422,
    zh: '按这个规则没有任何日期，请修改规则。',
    en: 'The rule gives no date at all; change it.',
  },
  'series-too-long': {
    status: 422,
    zh: '一次最多重复 200 次，并且都在今后一年之内，请缩短后再试。',
    en: 'A series has at most 200 dates, all within a year from today; make it shorter.',
  },
  holiday: { status: 409, zh: '当天是法定节假日，不开放。', en: 'It is a public holiday; the center is closed.' },
  'not-free-to-change': {
    status: 409,
    zh: '此次预约已产生费用，现在取消不能全额退还，因此不随整个系列更改。如仍要取消，请单独办理。',
    en: 'This one costs money that would not be given back in full, so it does not change with the series; cancel it by itself if you must.',
  },
  'occurrence-over': {
    status: 409,
    zh: '已取消或已办理签到的这一次不能再更改。',
    en: 'This date was canceled or attended; it can no longer be changed.',
  },
  'move-overlaps': {
    status: 409,
    zh: '新时间和原来的时间重叠或离得太近，而新时间还需确认（中心同意、付款或重新计算免费时长），两段不能同时保留。请选一个错开的时间，或先取消再约。',
    en: 'The new time overlaps the old one or lies too near it, but must be confirmed anew (approval, payment or free hours), so both would have to stand at once. Choose a time apart from it, or cancel first.',
  },
  // the table and beyond
  'changed-meanwhile': {
    status: 409,
    zh: '内容刚被修改，请刷新后重试。',
    en: 'It has just been changed; reload and try again.',
  },
  'try-again': {
    status: 503,
    zh: '系统繁忙，请稍候再试；没有丢失任何内容。',
    en: 'The system is busy; try again shortly. Nothing was lost.',
  },
  internal: {
    status: 500,
    zh: '系统出错了，我们已记录。请稍后再试。',
    en: 'Something went wrong on our side and was recorded. Try again later.',
  },
} as const satisfies Record<string, { status: number; zh: string; en: string }>;

export type ProblemCode = keyof typeof problemCatalog;
