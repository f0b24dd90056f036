import { type KeyboardEvent, memo, type ReactNode, type Ref, useCallback, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useMedia } from '../app/media';
import { useShortcut } from '../app/shortcuts';
import './table.css';

export interface Column<T> {
  key: string;
  title: ReactNode;
  /** As in CSS grid: `120px`, `minmax(120px, 2fr)`. */
  width: string;
  render: (row: T) => ReactNode;
  align?: 'right';
  /** Clicking the title sorts by this. */
  sort?: (row: T) => string | number;
  /** Also at phone width; the first column is, if none says so. */
  phone?: boolean;
  /** Width at phone size, if another. */
  phoneWidth?: string;
  mono?: boolean;
}

/** Rows by their place, the first shown first. Arrays fit; so does whatever holds more than one wants to copy. */
export interface RowSource<T> {
  length: number;
  at: (index: number) => T | undefined;
}

export interface TableHandle {
  scrollToTop: () => void;
}

interface Props<T> {
  label: string;
  columns: Column<T>[];
  rows: RowSource<T>;
  rowKey: (row: T) => string | number;
  /** Enter, or a click beside links and buttons. */
  onOpen?: (row: T) => void;
  /** The row that is open or chosen. */
  selected?: string | number;
  /** As the selection moves by `j`, `k` and arrows. Without it, onOpen is called as it moves while something is selected. */
  onSelect?: (row: T) => void;
  empty?: ReactNode;
  /** Fixed height of a row; all have the same. */
  rowHeight?: number;
  /** Grows with its rows instead of filling the room it is given. */
  inline?: boolean;
  onScrolled?: (fromTop: number) => void;
  /** The last rows come into view: older ones may be asked for. */
  onEnd?: () => void;
  rowClass?: (row: T) => string | undefined;
  handle?: Ref<TableHandle>;
  defaultSort?: { key: string; down: boolean };
}

const OVERSCAN = 8;

interface RowProps<T> {
  row: T;
  index: number;
  columns: Column<T>[];
  template: string;
  selected: boolean;
  rowHeight: number;
  inline?: boolean;
  onOpen?: (row: T) => void;
  extra?: string;
}

/** Drawn anew only where something of it changed: most rows stay as they are while others come. */
const TableRow = memo(function TableRow<T>({ row, index, columns, template, selected, rowHeight, inline, onOpen, extra }: RowProps<T>) {
  return (
    <div
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={onOpen ? selected : undefined}
      className={`table-row${selected ? ' selected' : ''}${onOpen ? ' opens' : ''}${extra ? ` ${extra}` : ''}`}
      style={inline ? { gridTemplateColumns: template, minHeight: rowHeight } : { gridTemplateColumns: template, height: rowHeight, transform: `translateY(${index * rowHeight}px)` }}
      onClick={onOpen && ((event) => {
        if (!(event.target as HTMLElement).closest('a, button, input, label')) {
          onOpen(row);
        }
      })}
    >
      {columns.map((column) => (
        <div key={column.key} role="gridcell" className={`table-cell${column.align === 'right' ? ' right' : ''}${column.mono ? ' mono' : ''}`}>
          {column.render(row)}
        </div>
      ))}
    </div>
  );
}) as <T>(props: RowProps<T>) => ReactNode;

/**
 * A table that draws only the rows in view, so that their number does not matter. `j`, `k` and the arrows move, Enter opens, Home
 * and End go to the ends.
 */
export function DataTable<T>({
  label, columns, rows, rowKey, onOpen, selected, onSelect, empty, rowHeight = 32, inline, onScrolled, onEnd, rowClass, handle, defaultSort,
}: Props<T>) {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const [sort, setSort] = useState(defaultSort);
  const phone = useMedia('(max-width: 640px)');

  const shown = useMemo(() => {
    if (!phone) {
      return columns;
    }
    const some = columns.filter((column) => column.phone);
    return some.length > 0 ? some : columns.slice(0, 1);
  }, [columns, phone]);
  const template = shown.map((column) => (phone && column.phoneWidth) || column.width).join(' ');

  const by = sort && columns.find((column) => column.key === sort.key)?.sort;
  const sorted: RowSource<T> = useMemo(() => {
    if (!by || !sort) {
      return rows;
    }
    const all: T[] = [];
    for (let i = 0; i < rows.length; i++) {
      all.push(rows.at(i)!);
    }
    all.sort((a, b) => {
      const [x, y] = [by(a), by(b)];
      const order = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), undefined, { numeric: true });
      return sort.down ? -order : order;
    });
    return all as RowSource<T>;
  }, [rows, by, sort]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || inline) {
      return;
    }
    const measure = () => setView((before) => (before.height === element.clientHeight ? before : { ...before, height: element.clientHeight }));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [inline]);

  useImperativeHandle(handle, () => ({
    scrollToTop: () => {
      if (scroller.current) {
        scroller.current.scrollTop = 0;
      }
    },
  }));

  const count = sorted.length;
  const first = inline ? 0 : Math.max(0, Math.floor(view.top / rowHeight) - OVERSCAN);
  const last = inline ? count : Math.min(count, Math.ceil((view.top + view.height) / rowHeight) + OVERSCAN);

  const atEnd = count > 0 && last >= count;
  useEffect(() => {
    if (atEnd) {
      onEnd?.();
    }
    // Only when the end is reached, or moved away by more rows.
    // eslint-disable-next-line
  }, [atEnd, count]);

  const indexOfSelected = useCallback(() => {
    if (selected === undefined) {
      return -1;
    }
    for (let i = 0; i < sorted.length; i++) {
      const row = sorted.at(i);
      if (row !== undefined && rowKey(row) === selected) {
        return i;
      }
    }
    return -1;
  }, [sorted, selected, rowKey]);

  const move = (to: number) => {
    const index = Math.max(0, Math.min(sorted.length - 1, to));
    const row = sorted.at(index);
    if (row === undefined) {
      return;
    }
    const element = scroller.current;
    if (element && !inline) {
      const header = 33;
      const top = index * rowHeight;
      if (top < element.scrollTop) {
        element.scrollTop = top;
      } else if (top + rowHeight + header > element.scrollTop + element.clientHeight) {
        element.scrollTop = top + rowHeight + header - element.clientHeight;
      }
    }
    (onSelect ?? onOpen)?.(row);
    if (inline) {
      requestAnimationFrame(() => element?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.scrollIntoView({ block: 'nearest' }));
    }
  };
  const step = (by: number) => {
    const at = indexOfSelected();
    move(at < 0 ? first : at + by);
  };
  useShortcut('j', () => step(1), !!(onSelect ?? onOpen));
  useShortcut('k', () => step(-1), !!(onSelect ?? onOpen));

  const keys = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(view.height / rowHeight) - 2);
    const moves: Record<string, () => void> = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      PageDown: () => step(page),
      PageUp: () => step(-page),
      Home: () => move(0),
      End: () => move(sorted.length - 1),
      Enter: () => {
        const row = sorted.at(indexOfSelected());
        if (row !== undefined) {
          onOpen?.(row);
        }
      },
    };
    const act = moves[event.key];
    if (act && event.target === scroller.current && (onSelect ?? onOpen)) {
      event.preventDefault();
      act();
    }
  };

  const drawn: ReactNode[] = [];
  for (let index = first; index < last; index++) {
    const row = sorted.at(index);
    if (row !== undefined) {
      // By place, not by row: what moves through a followed table changes texts, and makes no elements.
      drawn.push(<TableRow key={index} row={row} index={index} columns={shown} template={template} selected={rowKey(row) === selected} rowHeight={rowHeight} inline={inline} onOpen={onOpen} extra={rowClass?.(row)} />);
    }
  }

  return (
    <div
      ref={scroller}
      className={`table${inline ? ' inline' : ''}`}
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      tabIndex={0}
      onKeyDown={keys}
      onScroll={inline ? undefined : (event) => {
        const top = event.currentTarget.scrollTop;
        setView((before) => ({ ...before, top }));
        onScrolled?.(top);
      }}
    >
      <div className="table-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
        {shown.map((column) => {
          const sorting = sort?.key === column.key;
          return (
            <div key={column.key} role="columnheader" className={`table-cell${column.align === 'right' ? ' right' : ''}`}
              aria-sort={sorting ? (sort.down ? 'descending' : 'ascending') : undefined}>
              {column.sort ? (
                <button type="button" className="table-sort" onClick={() => setSort(sorting && sort.down ? undefined : { key: column.key, down: sorting })}>
                  {column.title}
                  <span aria-hidden="true">{sorting ? (sort.down ? ' ↓' : ' ↑') : ''}</span>
                </button>
              ) : column.title}
            </div>
          );
        })}
      </div>
      {count === 0 ? (
        <div role="row" className="table-empty"><div role="gridcell">{empty}</div></div>
      ) : (
        <div role="rowgroup" className="table-rows" style={inline ? undefined : { height: count * rowHeight }}>{drawn}</div>
      )}
    </div>
  );
}
