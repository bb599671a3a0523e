import type { Problems } from './problem.ts';

/** People, households, grants, court limits, merges. */
export const peopleProblems = {
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
  'service-account': {
    status: 409,
    zh: '这是服务账号，职务随账号开设和停用。',
    en: 'This is a service account: its post comes and ends with the account.',
  },
  'service-account-ended': {
    status: 409,
    zh: '这个服务账号已停用。如仍需要，请新开一个。',
    en: 'This service account has ended. Create a new one if you still need it.',
  },
} as const satisfies Problems;
