import type { SentMessage } from './sms-gateway.ts';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** A sign-in code is what one comes for: digits stand out. */
const marked = (text: string): string => escaped(text).replace(/\b\d{6}\b/g, '<b>$&</b>');

const rowOf = ({ at, to, templateId, text, signName }: SentMessage): string => `
    <li>
      <p class="meta"><time datetime="${escaped(at)}">${escaped(at.replace('T', ' ').slice(0, 19))} UTC</time> <span>${escaped(to)}</span></p>
      <p class="text">【${escaped(signName)}】 ${marked(text)}</p>
      <p class="meta">template ${escaped(templateId)}</p>
    </li>`;

/** The page where a developer reads what would have been sent as SMS. Refreshes itself every three seconds. */
export function messagesPage(messages: readonly SentMessage[]): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="refresh" content="3">
<title>短信 · Messages · Linli</title>
<style>
  :root { color-scheme: light dark; }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }
  ul { list-style: none; padding: 0; }
  li { border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: .6rem; padding: .8rem 1rem; margin: .8rem 0; }
  p { margin: 0; }
  .meta { font-size: .85rem; opacity: .75; display: flex; justify-content: space-between; }
  .text { font-size: 1.15rem; margin: .3rem 0; overflow-wrap: anywhere; }
</style>
</head>
<body>
<h1>短信 <small>Messages</small></h1>
<p>此页显示本机上本应发出的短信，最新的在前。 What would have been sent as SMS from this machine, newest first.</p>
<ul>${messages.map(rowOf).join('') || '<li><p>还没有短信。 Nothing has been sent yet.</p></li>'}
</ul>
</body>
</html>
`;
}
