/** The discussion's styles as one constructed sheet, which no page's policy forbids. */

const reply = await fetch(new URL('chat.css', import.meta.url));
if (!reply.ok) throw new Error('chat.css');

export const styles = new CSSStyleSheet();
styles.replaceSync(await reply.text());
