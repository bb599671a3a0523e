import type { PersonId } from '../../../shared/contracts/common.ts';
import type { IsoDate } from '../../../shared/kernel/days.ts';
import { wrongField } from '../../../shared/kernel/refusal.ts';
import { CHILD_UNDER_YEARS, isChild } from '../profiles/rules.ts';

/** Refuses `invalid-input` when a court's limit is not about a child and another person. */
export function checkLimit(
  child: { personId: PersonId; birthDate?: IsoDate | undefined },
  adultId: string,
  today: IsoDate,
) {
  if (child.personId === adultId)
    throw wrongField({ at: 'body.adultId', rule: 'other-person', message: 'must be somebody else' });
  if (!isChild(child.birthDate, today))
    throw wrongField({ at: 'path.personId', rule: 'child-age', message: `a child is under ${CHILD_UNDER_YEARS}` });
}
