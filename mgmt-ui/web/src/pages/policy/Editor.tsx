import { autocompletion, closeBrackets, closeBracketsKeymap, type Completion, type CompletionContext, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import type { Problem } from '../../api/client';
import { useLanguage, useText } from '../../i18n/i18n';
import { useTheme } from '../../theme/theme';
import { spotAt, suggestions } from './complete';
import { readPolicy } from './read';
import { text } from './text';

export interface EditorHandle {
  /** Goes to a place and gives it the focus; both from 1. */
  jump: (line: number, column?: number) => void;
}

const LOOK = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', backgroundColor: 'var(--surface)', color: 'var(--text)' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--text)', padding: '8px 0' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--sunken)', color: 'var(--muted)', border: '0', borderRight: '1px solid var(--line)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--row-selected)', color: 'var(--text)' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--row-hover) 60%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--accent-soft)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-soft)', outline: '1px solid var(--accent)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--warn-soft)' },
  '.cm-searchMatch': { backgroundColor: 'var(--warn-soft)', outline: '1px solid var(--warn-line)' },
  '.cm-tooltip': { backgroundColor: 'var(--raised)', color: 'var(--text)', border: '1px solid var(--line-strong)', borderRadius: '6px', boxShadow: 'var(--shadow)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', fontSize: '12.5px', maxHeight: '16em' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-completionDetail': { fontStyle: 'normal', color: 'var(--muted)', fontFamily: 'var(--font)' },
  'li[aria-selected] .cm-completionDetail': { color: 'var(--on-accent)' },
  '.cm-completionInfo': { maxWidth: '320px', padding: '6px 10px', fontFamily: 'var(--font)' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-diagnostic': { fontFamily: 'var(--font)', padding: '5px 10px' },
  '.cm-diagnostic-error': { borderLeft: '4px solid var(--danger)' },
  '.cm-diagnostic-warning': { borderLeft: '4px solid var(--warn-line)' },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--danger)', textUnderlineOffset: '3px' },
  '.cm-lintRange-warning': { backgroundImage: 'none', textDecoration: 'underline wavy var(--warn)', textUnderlineOffset: '3px' },
  '.cm-lint-marker': { width: '0.9em', height: '0.9em', content: 'none', borderRadius: '2px', marginTop: '4px' },
  '.cm-lint-marker-error': { content: 'none', backgroundColor: 'var(--danger)' },
  '.cm-lint-marker-warning': { content: 'none', backgroundColor: 'var(--warn-line)', borderRadius: '50%' },
  '.cm-panels': { backgroundColor: 'var(--sunken)', color: 'var(--text)', borderColor: 'var(--line)' },
  '.cm-textfield': { border: '1px solid var(--line-strong)', backgroundColor: 'var(--surface)', borderRadius: '4px' },
  '.cm-button': { backgroundImage: 'none', backgroundColor: 'var(--surface)', border: '1px solid var(--line-strong)', borderRadius: '4px', color: 'var(--text)' },
});

const COLOURS = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)' },
  { tag: tags.string, color: 'var(--ok)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--faint)' },
  { tag: [tags.punctuation, tags.separator, tags.brace, tags.squareBracket], color: 'var(--muted)' },
  { tag: tags.meta, color: 'var(--series-3)' },
]);

/**
 * The policy as YAML. It lives in a shadow root, as its styles can be constructed there; a style element would be refused by the
 * policy that the server sends with the pages.
 */
export default function Editor({ value, onChange, problems, schema, ports, readOnly = false, handle, label }: {
  value: string;
  onChange?: (value: string) => void;
  problems: Problem[];
  schema?: Record<string, unknown>;
  ports: string[];
  readOnly?: boolean;
  handle?: Ref<EditorHandle>;
  label: string;
}) {
  const t = useText(text);
  const language = useLanguage();
  const dark = useTheme() === 'dark';
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const now = useRef({ onChange, schema, ports });
  now.current = { onChange, schema, ports };
  const parts = useRef({ theme: new Compartment(), writing: new Compartment() });

  useEffect(() => {
    const root = host.current!.shadowRoot ?? host.current!.attachShadow({ mode: 'open' });
    const made = new EditorView({
      root,
      parent: root as unknown as Element,
      state: EditorState.create({
        doc: value,
        extensions: [
          lineNumbers(), highlightActiveLineGutter(), highlightActiveLine(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(),
          yaml(), syntaxHighlighting(COLOURS), lintGutter(), search({ top: true }), highlightSelectionMatches(),
          autocompletion({ override: [(context) => completions(context, now.current)], icons: false }),
          // Tab is not bound: whoever works by keyboard gets out of the field with it.
          keymap.of([...closeBracketsKeymap, ...completionKeymap, ...searchKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap]),
          EditorState.tabSize.of(2),
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0', autocapitalize: 'off', autocorrect: 'off', spellcheck: 'false' }),
          EditorState.phrases.of({
            Find: t('findWord'), Replace: t('replaceWord'), next: t('findNext'), previous: t('findPrevious'), all: t('findAll'), replace: t('replaceOne'), 'replace all': t('replaceAll'),
            'match case': t('matchCase'), regexp: t('findPattern'), 'by word': t('findWhole'), close: t('closePanel'), Diagnostics: t('problems'), 'No diagnostics': t('noProblems'), Completions: t('completions'),
          }),
          LOOK,
          parts.current.theme.of([]),
          parts.current.writing.of([]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !update.transactions.some((transaction) => transaction.isUserEvent('outside'))) {
              now.current.onChange?.(update.state.doc.toString());
            }
          }),
        ],
      }),
    });
    view.current = made;
    return () => {
      made.destroy();
      view.current = undefined;
    };
    // Made anew for another language only; everything else is handed in below.
    // eslint-disable-next-line
  }, [language]);

  useEffect(() => {
    view.current?.dispatch({
      effects: [
        parts.current.theme.reconfigure(EditorView.darkTheme.of(dark)),
        parts.current.writing.reconfigure([EditorState.readOnly.of(readOnly), EditorView.editable.of(!readOnly)]),
      ],
    });
  }, [dark, readOnly, language]);

  useEffect(() => {
    const made = view.current;
    if (made && made.state.doc.toString() !== value) {
      made.dispatch({ changes: { from: 0, to: made.state.doc.length, insert: value }, userEvent: 'outside' });
    }
  }, [value]);

  useEffect(() => {
    const made = view.current;
    if (made) {
      made.dispatch(setDiagnostics(made.state, problems.filter((problem) => problem.line !== undefined).map((problem) => diagnostic(made.state, problem))));
    }
  }, [problems, language]);

  useImperativeHandle(handle, () => ({
    jump: (line, column = 1) => {
      const made = view.current;
      if (made) {
        const at = placeOf(made.state, line, column);
        made.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
        made.focus();
      }
    },
  }));

  return <div ref={host} className="editor" />;
}

function placeOf(state: EditorState, line: number, column: number): number {
  const at = state.doc.line(Math.max(1, Math.min(line, state.doc.lines)));
  return Math.min(at.to, at.from + column - 1);
}

/** A problem marks the word at its place. */
function diagnostic(state: EditorState, problem: Problem): Diagnostic {
  const from = placeOf(state, problem.line!, problem.column ?? 1);
  const line = state.doc.lineAt(from);
  const word = /^[^\s,{}[\]:]+/.exec(line.text.slice(from - line.from))?.[0].length ?? 1;
  return { from, to: Math.min(line.to, from + word), severity: problem.severity, message: problem.text };
}

function completions(context: CompletionContext, { schema, ports }: { schema?: Record<string, unknown>; ports: string[] }) {
  const whole = context.state.doc.toString();
  const spot = schema && spotAt(whole, context.pos);
  if (!spot || (!context.explicit && spot.start === '' && spot.key === undefined && !/[{,]\s*$/.test(whole.slice(Math.max(0, context.pos - 3), context.pos)))) {
    return null;
  }
  const options: Completion[] = suggestions(schema, spot, readPolicy(whole), ports).map(({ word, note, isKey }) => ({
    label: word, apply: isKey ? `${word}: ` : word, ...(isKey ? { info: note } : { detail: note }),
  }));
  return options.length === 0 ? null : { from: spot.from, options, validFor: /^[\w./ -]*$/ };
}
