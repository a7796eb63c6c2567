/** Month names in the languages of the twelve countries' portals that spell them → 1 to 12. */

const lists = [
  'january february march april may june july august september october november december',
  'jan feb mar apr may jun jul aug sep oct nov dec',
  // id; ms where it differs
  'januari februari maret april mei juni juli agustus september oktober november desember',
  'januari februari mac april mei jun julai ogos september oktober november disember',
  'jan feb mar apr mei jun jul agu sep okt nov des',
  'jan feb mac apr mei jun jul ogo sep okt nov dis',
  'enero pebrero marso abril mayo hunyo hulyo agosto setyembre oktubre nobyembre disyembre',
  // vi: numbered
  Array.from({ length: 12 }, (_, index) => `tháng-${index + 1}`).join(' '),
  // th, whole and abbreviated
  'มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม',
  'ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.',
  // km
  'មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ',
  // my, hi
  'ဇန်နဝါရီ ဖေဖော်ဝါရီ မတ် ဧပြီ မေ ဇွန် ဇူလိုင် ဩဂုတ် စက်တင်ဘာ အောက်တိုဘာ နိုဝင်ဘာ ဒီဇင်ဘာ',
  'जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर',
];

const numbers: ReadonlyMap<string, number> = new Map(
  lists.flatMap((list) =>
    list.split(' ').map((name, index) => [name.replaceAll('.', '').normalize('NFC'), index + 1] as const),
  ),
);

/** `Sept.` is read as `sep`; undefined for a word that is no month. */
export function monthNumber(word: string): number | undefined {
  const name = word
    .toLowerCase()
    .replaceAll('.', '')
    .normalize('NFC')
    .replace(/^tháng 0?/u, 'tháng-');
  return numbers.get(name === 'sept' ? 'sep' : name);
}
