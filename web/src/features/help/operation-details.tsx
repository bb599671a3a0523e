import { Group, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { problemCatalog } from '../../../../shared/kernel/problem-catalog.ts';
import { TextLink } from '../../components/links.tsx';
import { classes } from '../../lib/classes.ts';
import { inLanguage } from '../../lib/format.ts';
import { useLanguage, useTexts } from '../../lib/i18n.ts';
import styles from './api-docs.module.css';
import { CopyButton } from './copy-button.tsx';
import { curlOf } from './curl.ts';
import { nameOf, type Operation, type Schema, type Schemas } from './openapi.ts';
import { SchemaView } from './schema-view.tsx';
import { helpTexts } from './texts.ts';

type Props = { operation: Operation; schemas: Schemas };

/** One operation; open, in sight and focused when the page's address names it. */
export function OperationDetails({ operation, schemas, isTarget }: Props & { isTarget: boolean }) {
  const language = useLanguage();
  const details = useRef<HTMLDetailsElement>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (!isTarget || !details.current) return;
    details.current.open = true;
    details.current.scrollIntoView();
    details.current.querySelector('summary')?.focus({ preventScroll: true });
  }, [isTarget]);
  const { id, method, path, summary } = operation;
  return (
    <details
      ref={details}
      id={id}
      className={styles.route}
      onToggle={({ target, currentTarget }) => {
        // A schema that opens inside of it tells it too.
        if (target === currentTarget) setOpen(currentTarget.open);
      }}
    >
      <summary>
        <code className={classes(styles.method, styles[`method-${method.toLowerCase()}`])}>{method}</code>{' '}
        <code>{path}</code>
        <span className={styles.summary}>{inLanguage(summary, language)}</span>
      </summary>
      {open ? <OperationBody operation={operation} schemas={schemas} /> : null}
    </details>
  );
}

function OperationBody({ operation, schemas }: Props) {
  const t = useTexts(helpTexts);
  const language = useLanguage();
  const { id, auth, more, parameters, body, answers, refusals } = operation;
  const curl = curlOf(operation, globalThis.location.origin);
  return (
    <>
      {more ? (
        <Text size="sm" lang="en" mt="xs">
          {more}
        </Text>
      ) : null}
      <Group gap="xs" mt="xs">
        <Text size="sm">
          <code>{id}</code> · {t(`auth.${auth}`)}
        </Text>
        <CopyButton text={new URL(`/api-docs#${id}`, globalThis.location.origin).href}>{t('copyLink')}</CopyButton>
      </Group>
      <h3>{t('apiRequest')}</h3>
      <pre>{curl}</pre>
      <Group gap="xs" mt="xs">
        <CopyButton text={curl}>{t('copyCurl')}</CopyButton>
        {auth === 'bearer' ? (
          <TextLink to="/api-docs" hash="signIn" size="sm">
            {t('apiToken')}
          </TextLink>
        ) : null}
      </Group>
      {parameters.length > 0 ? (
        <>
          <h3>{t('apiParameters')}</h3>
          <ul className={styles.fields}>
            {parameters.map(({ name, in: place, required, description, schema }) => (
              <li key={place + name}>
                <code>{name}</code> <span className={styles.limits}>{t(`in.${place}`)}</span>{' '}
                {required ? <span className={styles.required}>{t('required')}</span> : null}{' '}
                <SchemaView schema={{ ...schema, ...(description ? { description } : {}) }} schemas={schemas} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {body?.schema ? (
        <>
          <h3>
            {t('apiBody')}
            {body.required ? '' : ` (${t('apiBodyOptional')})`}
          </h3>
          <TopSchema schema={body.schema} schemas={schemas} />
        </>
      ) : null}
      {answers.map(({ status, media }) => (
        <div key={status}>
          <h3>
            {t('apiAnswer')} {status} {media ? <code>{media.type}</code> : null}
          </h3>
          {media?.schema ? <TopSchema schema={media.schema} schemas={schemas} /> : null}
          {media?.example === undefined ? null : (
            <details className={styles.named}>
              <summary>{t('apiExample')}</summary>
              <pre>{JSON.stringify(media.example, null, 2)}</pre>
            </details>
          )}
        </div>
      ))}
      <h3>{t('apiRefusals')}</h3>
      <ul className={styles.fields}>
        {refusals.map((code) => (
          <li key={code}>
            <TextLink to="/problems/$code" params={{ code }} inherit>
              <code>{code}</code>
            </TextLink>{' '}
            <span className={styles.limits}>{problemCatalog[code].status}</span> {problemCatalog[code][language]}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The schema of a body or an answer: its name, and its fields at once. */
function TopSchema({ schema, schemas }: { schema: Schema; schemas: Schemas }) {
  const name = schema.$ref ? nameOf(schema.$ref) : undefined;
  const target = name ? schemas[name] : undefined;
  if (!name || !target) return <SchemaView schema={schema} schemas={schemas} />;
  return (
    <>
      <code>{name}</code> <SchemaView schema={target} schemas={schemas} />
    </>
  );
}
