/**
 * Which language a text of nothing but Han characters is in: forms that only one of the three writes, else the language that
 * the country publishes in. Most words of administration are the same characters everywhere: without either it is unknown.
 */

/** Forms of today's simplified writing that neither Japan nor Taiwan has. */
const simplifiedOnly = new Set(
  '业农务发产员资费统计设规预项营险积构历环际运输讯达违选递适进远还这过边车轨软转门问间关开东丰亿从优众债净减决创办动华协卖卫厂厅县变园场备妇宁审宽导层岛币帮库应庆废张态户执扩报拟护无时显术权标树样档桥检汇汉沟泽济测浓润滞满灾热爱现电监盐码确种税稳竞笔签简类级纪纲纳纸线组细织终经结给络绝继绩维综绿编缴网罚职联脑节苏药荣获蓝补见观视览觉订认让训议记讲许论访证评识诉诊词试话询该详语误说请诸课调谈负财责货质购贷贸赁赔赛轮轻载较辅辆连邮释针钢铁银销错键镇长队阳阴阶陆难韩页顺须顾领频题额风飞饭饮馆马驶验鱼鲜鸟',
);

/** Forms of traditional writing that Japan has given up. */
const traditionalOnly = new Set(
  '國學會臺灣縣區醫藥廣鐵經濟發總處畫實對體數據關聯變圖獎價應當營檢驗點號證讀觀權歷舊轉輕錢鄉黨齡與專從來傳兒兩勞參單團壓屆屬廳彈戰擇擔擴攝斷樣樓榮歸殘氣溫滿澤燒爐爭獨產畢盡礦禮稅穩竊絕縱續繼聲聽肅萬蟲裝觸譯讓豐賣踐辦鄰釋隨險雙雜靜顯顏驅齊龍戶淸靑衞敎內戀錄徵擧擊惡惠擁晝曆條櫻殼毆濕灑狀琺瑤痲癡盜碼礙稱籤紓繪纖羣聰臟茲莊藝蘭蠶裏覽譽辭遙邊邏醬鑛閱雞霸韌飮騷驛麥黃默',
);

/** Forms of today's Japan that no Chinese writing has. */
const japaneseOnly = new Set(
  '気県駅円経済図価応対実発売変総続広鉄検険験権観読転軽関単団囲圧圏戦択拠挙撃従徴桜様楽歓歩毎沢浄渋焼犠獣畑穂竜緑縄縦繊聴脳臓蔵薬覧訳譲辺遅郷酔醸鉱銭録頼顕駆騒鶏黒齢労働込枠払仮伝両児剤勧帯帰庁弾戻抜拡掲摂斎栄塩壊増専稲巻闘姫涙暦髪霊塁悪亜鋳逓覚営厳巣桟渓滝',
);

/** What the government of a country writes when it writes Han characters alone. */
const homes: Readonly<Record<string, string>> = {
  TW: 'zh-Hant',
  HK: 'zh-Hant',
  MO: 'zh-Hant',
  JP: 'ja',
  SG: 'zh-Hans',
  MY: 'zh-Hans',
  CN: 'zh-Hans',
};

export interface HanFinding {
  readonly lang: string;
  /** Characters that only this language writes; 0 when the country alone decides. */
  readonly telling: number;
}

export function hanLanguage(text: string, country: string): HanFinding | undefined {
  const counts = { 'zh-Hans': 0, 'zh-Hant': 0, ja: 0 };
  for (const character of text) {
    if (simplifiedOnly.has(character)) counts['zh-Hans']++;
    else if (japaneseOnly.has(character)) counts.ja++;
    else if (traditionalOnly.has(character)) counts['zh-Hant']++;
  }
  const home = homes[country];
  const ranked = Object.entries(counts).sort(
    ([a, first], [b, second]) => second - first || Number(b === home) - Number(a === home),
  );
  const [[lang, telling] = ['', 0]] = ranked;
  if (telling > 0) return { lang, telling };
  return home === undefined ? undefined : { lang: home, telling: 0 };
}
