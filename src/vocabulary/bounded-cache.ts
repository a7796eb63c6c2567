/**
 * Remembers the answers of a pure function by string key. When `limit` is reached all is forgotten: portals repeat a
 * few values thousands of times, so a finer rule would cost more than it saves.
 */
export function remembered<T>(limit: number, work: (key: string) => T): (key: string) => T {
  const answers = new Map<string, T>();
  return (key) => {
    const known = answers.get(key);
    if (known !== undefined || answers.has(key)) return known as T;
    if (answers.size >= limit) answers.clear();
    const answer = work(key);
    answers.set(key, answer);
    return answer;
  };
}
