import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { call, type Schema } from '../api/client';
import { useShortcut } from '../app/shortcuts';
import { Icon } from '../components/Icon';
import { useText } from '../i18n/i18n';
import { clauses, complete, completingAt } from './language';
import { text } from './text';
import './filter.css';

type Word = Schema<'Word'>;

/** Where completions come from; the server, unless told otherwise. */
export type Completions = (key: string | undefined, start: string, signal: AbortSignal) => Promise<Word[]>;

/** A word as it is compared: without the quote it may begin with. */
const bare = (word: string) => word.replace(/^"/, '').toLowerCase();

const fromServer: Completions = (key, start, signal) => call('completeFilter', { query: { key, start }, signal });

/**
 * The field for the filter language: it colours what it understands, completes keys and values, and shows what the server finds
 * wrong. `/` goes there. The filter takes effect on Enter, or when the field is left.
 */
export function FilterBar({ value, onChange, completions = fromServer, children }: {
  value: string;
  onChange: (filter: string) => void;
  completions?: Completions;
  children?: ReactNode;
}) {
  const t = useText(text);
  const input = useRef<HTMLInputElement>(null);
  const overlay = useRef<HTMLDivElement>(null);
  const [draft, setDraft] = useState(value);
  const [found, setFound] = useState<{ key?: string; words: Word[] }>({ words: [] });
  const [chosen, setChosen] = useState(-1);
  const [open, setOpen] = useState(false);
  const [caret, setCaret] = useState(0);
  const [problems, setProblems] = useState<Schema<'FilterCheck'>['problems']>([]);
  const id = useId();

  useEffect(() => setDraft(value), [value]);
  useShortcut('/', () => input.current?.focus());

  // Problems of what is in force, so that a link with a mistake in it says so, too.
  useEffect(() => {
    if (value.trim() === '') {
      setProblems([]);
      return;
    }
    const end = new AbortController();
    call('checkFilter', { query: { filter: value }, signal: end.signal }).then((checked) => setProblems(checked.problems), () => undefined);
    return () => end.abort();
  }, [value]);

  const completing = completingAt(draft, caret);
  // What was found for another place is not offered here while the answer for this one is on its way.
  const words = found.key === completing.key ? found.words.filter((word) => bare(word.word).startsWith(bare(completing.start))) : [];
  useEffect(() => {
    if (!open) {
      return;
    }
    const end = new AbortController();
    const timer = setTimeout(() => {
      completions(completing.key, completing.start, end.signal).then(
        (answer) => {
          setFound({ key: completing.key, words: answer.slice(0, 12) });
          setChosen(-1);
        },
        () => setFound({ words: [] }),
      );
    }, 60);
    return () => {
      clearTimeout(timer);
      end.abort();
    };
  }, [open, completing.key, completing.start, completions]);

  const apply = (filter: string) => {
    setOpen(false);
    const tidy = clauses(filter).map((one) => filter.slice(one.from, one.to)).join(' ');
    setDraft(tidy);
    if (tidy !== value) {
      onChange(tidy);
    }
  };
  const choose = (word: Word) => {
    const done = complete(draft, completing, word.word);
    setDraft(done.text);
    setCaret(done.caret);
    setChosen(-1);
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(done.caret, done.caret);
    });
    if (completing.key !== undefined) {
      setOpen(false);
    }
  };
  const keys = (event: KeyboardEvent) => {
    const listed = open && words.length > 0;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      if (listed) {
        const by = event.key === 'ArrowDown' ? 1 : -1;
        setChosen((before) => (before + by + words.length + (before < 0 && by < 0 ? 1 : 0)) % words.length);
      }
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (listed && chosen >= 0) {
        choose(words[chosen]!);
      } else {
        apply(draft);
      }
    } else if (event.key === 'Tab' && listed && (chosen >= 0 || completing.start !== '') && !event.shiftKey) {
      event.preventDefault();
      choose(words[Math.max(chosen, 0)]!);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (open) {
        setOpen(false);
      } else if (draft !== value) {
        setDraft(value);
      } else {
        input.current?.blur();
      }
    }
  };
  const follow = () => {
    setCaret(input.current?.selectionStart ?? 0);
    if (overlay.current && input.current) {
      overlay.current.scrollLeft = input.current.scrollLeft;
    }
  };

  return (
    <div className="filter">
      <form className="filter-bar" role="search" onSubmit={(event) => { event.preventDefault(); apply(draft); }}>
        <Icon name="filter" />
        <div className="filter-field">
          <div ref={overlay} className="filter-colours" aria-hidden="true">{coloured(draft, draft === value ? problems : [])}</div>
          <input
            ref={input}
            id={`${id}-input`}
            value={draft}
            placeholder={t('placeholder')}
            aria-label={t('label')}
            aria-describedby={problems.length > 0 ? `${id}-problems` : undefined}
            aria-invalid={problems.length > 0 || undefined}
            role="combobox"
            aria-expanded={open && words.length > 0}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={open && chosen >= 0 ? `${id}-${chosen}` : undefined}
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            onFocus={() => { setOpen(true); follow(); }}
            onBlur={() => apply(draft)}
            onChange={(event) => { setDraft(event.target.value); setOpen(true); follow(); }}
            onSelect={follow}
            onScroll={follow}
            onKeyDown={keys}
          />
        </div>
        {draft === '' ? <kbd aria-hidden="true">/</kbd> : (
          <button type="button" className="button quiet icon small" aria-label={t('clear')} title={t('clear')}
            onMouseDown={(event) => event.preventDefault()} onClick={() => { setDraft(''); apply(''); }}>
            <Icon name="cross" size={14} />
          </button>
        )}
        {children}
      </form>
      <ul id={`${id}-list`} role="listbox" aria-label={t('suggestions')} className="filter-words" hidden={!open || words.length === 0}>
        {words.map((word, index) => (
          <li key={word.word} id={`${id}-${index}`} role="option" aria-selected={index === chosen}
            onMouseDown={(event) => { event.preventDefault(); choose(word); }}>
            <code>{word.word}</code>
            {word.note && <span className="muted cut">{word.note}</span>}
          </li>
        ))}
        <li className="filter-hint" role="presentation">{t('hint')}</li>
      </ul>
      {problems.length > 0 && (
        <ul id={`${id}-problems`} className="filter-problems">
          {problems.map((problem, index) => (
            <li key={index}><Icon name="warn" size={14} /> {problem.text}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The same text behind the field, in colours: keys, values, exclusions, and what is wrong. */
function coloured(filter: string, problems: { from: number; to: number }[]): ReactNode[] {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const one of clauses(filter)) {
    parts.push(filter.slice(at, one.from));
    const wrong = problems.some((problem) => problem.from < one.to && problem.to > one.from) ? ' wrong' : '';
    const split = one.key === undefined ? one.from + (one.negated ? 1 : 0) : one.from + (one.negated ? 1 : 0) + one.key.length + 1;
    parts.push(
      <span key={one.from} className={`clause${one.negated ? ' not' : ''}${wrong}`}>
        <span className="key">{filter.slice(one.from, split)}</span>
        {filter.slice(split, one.to)}
      </span>,
    );
    at = one.to;
  }
  parts.push(filter.slice(at));
  return parts;
}

/** A value in a row that filters by itself: a click takes only such, with Alt or Shift all but such. */
export function FilterCell({ onFilter, label, children, className }: { onFilter: (negated: boolean) => void; label: string; children: ReactNode; className?: string }) {
  return (
    <button type="button" className={`cell-filter${className ? ` ${className}` : ''}`} tabIndex={-1} title={label} onClick={(event) => onFilter(event.altKey || event.shiftKey)}>
      {children}
    </button>
  );
}
