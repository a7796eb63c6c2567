/** The registry's one name → names by language. Pure. */

/** Scripts that tell a language within one country. */
const ownScripts =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Letters that Vietnamese alone among the languages here has. */
const vietnamese = /[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/iu;

/** Words of Indonesian names (`Satu Data Kota Palu`) that English ones do not have. */
const indonesian =
  /\b(satu data|portal data|kabupaten|kab|kota|provinsi|pemerintah|dinas|data terbuka|situs|beranda)\b/i;

/** Where the registry has the title of a page instead of the portal's name, by uid. */
const corrections: Readonly<Record<string, string>> = {
  // The registry has the title of a dataset, "Registration of Instrument By Division By Month in Sarawak".
  cdi00001149: 'Sarawak Open Data',
};

/** `main` is the country's main language. */
export function namesOf(given: string, main: string, uid: string): Readonly<Record<string, string>> {
  const name = (corrections[uid] ?? given)
    .replace(/ - Dateno$/, '')
    .replace(/\s+/g, ' ')
    .trim();
  const pair = /^(.+?) ?[(（](.+)[)）]$/u.exec(name);
  const [outer, inner] = [pair?.[1], pair?.[2]];
  if (outer !== undefined && inner !== undefined && ownScripts.test(outer) !== ownScripts.test(inner)) {
    return ownScripts.test(outer) ? { en: inner, [main]: outer } : { en: outer, [main]: inner };
  }
  return { [languageOfName(name, main)]: name };
}

function languageOfName(name: string, main: string): string {
  const isOwn =
    ownScripts.test(name) || (main === 'vi' && vietnamese.test(name)) || (main === 'id' && indonesian.test(name));
  return isOwn ? main : 'en';
}
