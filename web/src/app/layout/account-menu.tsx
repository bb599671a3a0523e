import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/Menu.layer.css';
import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconLogout, IconUserCircle } from '@tabler/icons-react';
import { Link, useRouter } from '@tanstack/react-router';
import { useMe } from '../../entities/people/me.ts';
import { useTexts } from '../../lib/i18n.ts';
import { useSignOut } from '../../lib/sign-out.ts';
import { appTexts } from '../texts.ts';
import styles from './header.module.css';
import { useRolePlaces } from './role-places.ts';

/** Who is signed in, their own pages, and the places their posts open. */
export default function AccountMenu() {
  const t = useTexts(appTexts);
  const me = useMe();
  const places = useRolePlaces(me.data);
  const signOut = useSignOut();
  const router = useRouter();
  return (
    <Menu position="bottom-end" width={260} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          variant="subtle"
          px="xs"
          className={styles.accountName}
          leftSection={<IconUserCircle aria-hidden />}
          rightSection={<IconChevronDown size="1rem" aria-hidden />}
        >
          {me.data?.person.name ?? t('account')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {me.data ? <Menu.Label>{me.data.person.name}</Menu.Label> : null}
        <Menu.Item component={Link} to="/profile">
          {t('profile')}
        </Menu.Item>
        <Menu.Item component={Link} to="/allowances">
          {t('allowances')}
        </Menu.Item>
        <Menu.Item component={Link} to="/calendars">
          {t('calendars')}
        </Menu.Item>
        {places.map(({ href, label }) => (
          <Menu.Item
            key={href}
            component="a"
            href={href}
            onClick={(event) => {
              event.preventDefault();
              router.history.push(href);
            }}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size="1.125rem" aria-hidden />} onClick={() => void signOut()}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
