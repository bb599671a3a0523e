import { Text } from '@mantine/core';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { normalizedPhone } from '../../../../shared/kernel/phone.ts';
import { PageTitle } from '../../components/page-title.tsx';
import { useDraft } from '../../lib/draft.ts';
import { useTexts } from '../../lib/i18n.ts';
import { CodeForm } from './code-form.tsx';
import { LocalHint } from './local-hint.tsx';
import { PhoneForm } from './phone-form.tsx';
import { identityTexts } from './texts.ts';

const empty = { phone: '' };

/** Only addresses of our own: a link from outside must not send people elsewhere after they have signed in. */
const isOwnAddress = (address: string | undefined): address is string =>
  address?.startsWith('/') === true && !address.startsWith('//') && !address.startsWith('/\\');

export function SignInScreen() {
  const t = useTexts(identityTexts);
  const { from } = useSearch({ from: '/shell/sign-in' });
  const router = useRouter();
  const draft = useDraft('sign-in', empty);
  const [sent, setSent] = useState<{ phone: string; expiresInSeconds: number }>();
  const leave = () => {
    draft.clear();
    router.history.replace(isOwnAddress(from) ? from : '/');
  };
  return (
    <div style={{ maxWidth: '28rem', margin: '0 auto' }}>
      <PageTitle documentTitle={t('title')}>{t(sent ? 'codeTitle' : 'title')}</PageTitle>
      {sent ? (
        <CodeForm {...sent} onSignedIn={leave} onOtherPhone={() => setSent(undefined)} />
      ) : (
        <>
          <Text mb="md">{t('lead')}</Text>
          <PhoneForm
            phone={draft.value.phone}
            onPhone={(phone) => draft.change({ phone })}
            onSent={(phone, expiresInSeconds) => setSent({ phone: normalizedPhone(phone) ?? phone, expiresInSeconds })}
          />
          {isOwnAddress(from) && from !== '/' ? (
            <Text size="sm" c="dimmed" mt="md">
              {t('why')}
            </Text>
          ) : null}
        </>
      )}
      <LocalHint />
    </div>
  );
}
