import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type Native<P> = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof P> & { ref?: Ref<HTMLAnchorElement> };

const AnchorBase = (props: AnchorProps & Native<AnchorProps>) => <Anchor {...props} />;
const ButtonBase = (props: ButtonProps & Native<ButtonProps>) => <Button component="a" {...props} />;

/** Router links that look like Mantine's: `to`, `params` and `search` are checked by the compiler. */
export const TextLink = createLink(AnchorBase);
export const ButtonLink = createLink(ButtonBase);
