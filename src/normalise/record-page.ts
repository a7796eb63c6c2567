/** The page about a record: the source's template filled from native fields, else the record's own link. */
import { readLink } from './link.ts';
import { wellFormed } from './plain-text.ts';

export function recordPage(
  template: string | undefined,
  field: (name: string) => string | undefined,
  ownLink: string | undefined,
): string | undefined {
  const filled = template === undefined ? undefined : fillTemplate(template, field);
  if (filled !== undefined) return filled;
  const link = ownLink === undefined ? undefined : readLink(ownLink);
  return link !== undefined && 'url' in link ? link.url : undefined;
}

/** Undefined when a field that the template needs is missing. */
function fillTemplate(template: string, field: (name: string) => string | undefined): string | undefined {
  let complete = true;
  const filled = template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = field(name);
    if (value === undefined) complete = false;
    return encodeURIComponent(wellFormed(value ?? ''));
  });
  return complete ? filled : undefined;
}
