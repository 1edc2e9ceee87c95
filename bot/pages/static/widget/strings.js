/** Every French word of the discussion, from strings.json. */

const reply = await fetch(new URL('strings.json', import.meta.url));
if (!reply.ok) throw new Error('strings.json');

export const says = await reply.json();

/** A sentence with its {places} filled. */
export const say = (key, values) => says[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
