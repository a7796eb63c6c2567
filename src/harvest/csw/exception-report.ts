/** What an OGC service says in place of an answer: `ows:ExceptionReport` of any version, or the older `ServiceExceptionReport`. Pure. */
import { childrenOf, readXmlTree, wholeText } from '../../kit/xml-tree.ts';

export interface OwsException {
  /** Name of the document's root. */
  readonly root: string;
  /** `InvalidParameterValue`, `NoApplicableCode` … */
  readonly code: string | undefined;
  /** The parameter that is meant, often. */
  readonly locator: string | undefined;
  readonly text: string | undefined;
}

/** Longest report that is read, in characters: some hold a stack trace. */
const longestReport = 1_000_000;

export function readExceptionReport(text: string): OwsException | undefined {
  if (!/<(?:\w+:)?(?:Service)?ExceptionReport[\s>]/u.test(text.slice(0, 4_000))) return undefined;
  const read = readXmlTree(text.slice(0, longestReport));
  if (!read.ok) return { root: 'an ExceptionReport', code: undefined, locator: undefined, text: undefined };
  const { root } = read;
  if (!/^(?:Service)?ExceptionReport$/u.test(root.local)) return undefined;
  const [first] = [...childrenOf(root, 'Exception'), ...childrenOf(root, 'ServiceException')];
  return {
    root: root.local,
    code: first?.attributes.get('exceptionCode') ?? first?.attributes.get('code'),
    locator: first?.attributes.get('locator'),
    text: wholeText(first)?.trim(),
  };
}
