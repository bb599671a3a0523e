import { Anchor, Text } from '@mantine/core';
import { useTexts } from '../../lib/i18n.ts';
import { identityTexts } from './texts.ts';

const isThisMachine = ['localhost', '127.0.0.1', '[::1]'].includes(globalThis.location.hostname);

/** On a developer's machine messages go nowhere; the local city shows them on a page of its own. */
export function LocalHint() {
  const t = useTexts(identityTexts);
  if (!isThisMachine) return null;
  return (
    <Text size="sm" mt="xl" pt="md" style={{ borderTop: '1px dashed var(--line)' }}>
      <Anchor href="/_local/messages" target="_blank" inherit>
        {t('localHint')}
      </Anchor>
    </Text>
  );
}
