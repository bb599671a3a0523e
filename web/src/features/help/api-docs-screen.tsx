import { Anchor, Text, Title } from '@mantine/core';
import { Failure } from '../../components/failure.tsx';
import { LoadingCards } from '../../components/loading.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { classes } from '../../lib/classes.ts';
import { useTexts } from '../../lib/i18n.ts';
import styles from './api-docs.module.css';
import { type OperationRow, schemaText, useOperations } from './openapi.ts';
import { helpTexts } from './texts.ts';

/** The API for people: every route, what it takes, what it gives, how it refuses. */
export function ApiDocsScreen() {
  const t = useTexts(helpTexts);
  const modules = useOperations();
  return (
    <>
      <PageTitle>{t('apiTitle')}</PageTitle>
      <Text mb="lg">
        {t('apiLead')}{' '}
        <Anchor href="/v1/openapi.json" inherit>
          /v1/openapi.json
        </Anchor>
      </Text>
      {modules.isPending ? <LoadingCards /> : null}
      {modules.error ? <Failure error={modules.error} onRetry={() => void modules.refetch()} /> : null}
      {modules.data?.map(([name, lines]) => (
        <section key={name} className={styles.module} aria-labelledby={`module-${name}`}>
          <Title order={2} id={`module-${name}`} mb="xs">
            {name}
          </Title>
          {lines.map((line) => (
            <RouteDetails key={line.operation.operationId} {...line} />
          ))}
        </section>
      ))}
    </>
  );
}

function RouteDetails({ method, path, operation }: OperationRow) {
  const t = useTexts(helpTexts);
  const body = operation.requestBody?.content['application/json']?.schema;
  const answers = Object.entries(operation.responses).filter(([status]) => status !== 'default');
  const refusals = operation.responses['default']?.description;
  return (
    <details className={styles.route}>
      <summary>
        <code className={classes(styles.method, styles[`method-${method.toLowerCase()}`])}>{method}</code>{' '}
        <code>{path}</code>
        <span className={styles.summary}>{operation.summary}</span>
      </summary>
      <Text size="sm">{t(operation.security?.length ? 'apiDoor' : 'apiOpen')}</Text>
      {operation.parameters?.length ? (
        <>
          <h3>{t('apiParameters')}</h3>
          <ul>
            {operation.parameters.map((parameter) => (
              <li key={parameter.in + parameter.name}>
                <code>{parameter.name}</code> ({parameter.in}
                {parameter.required ? `, ${t('required')}` : ''}): {schemaText(parameter.schema)}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {body ? (
        <>
          <h3>{t('apiBody')}</h3>
          <pre>{schemaText(body)}</pre>
        </>
      ) : null}
      {answers.map(([status, answer]) => {
        const [type, content] = Object.entries(answer.content ?? {})[0] ?? [];
        return (
          <div key={status}>
            <h3>
              {t('apiAnswer')} {status} {type ? <code>{type}</code> : null}
            </h3>
            {content?.schema ? <pre>{schemaText(content.schema)}</pre> : null}
          </div>
        );
      })}
      {refusals ? (
        <>
          <h3>{t('apiRefusals')}</h3>
          <p>{refusals}</p>
        </>
      ) : null}
    </details>
  );
}
