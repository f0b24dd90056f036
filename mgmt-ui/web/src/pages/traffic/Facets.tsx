import { call } from '../../api/client';
import { useResource } from '../../app/resource';
import { Icon } from '../../components/Icon';
import { compact } from '../../components/numbers';
import { clauses, withClause } from '../../filter/language';
import { useText } from '../../i18n/i18n';
import { useNews } from './paced';
import { hasPeriod, hourAgo } from './period';
import { text } from './text';

const FIELDS = [
  ['verdict', 'verdict'],
  ['conduit', 'conduit'],
  ['src', 'source'],
  ['dst', 'destination'],
  ['do', 'does'],
  ['reason', 'reason'],
  ['proto', 'protocol'],
] as const;

/** How many events have which value; a click takes only those. Counted anew soon after something came, see {@link useNews}. */
export function Facets({ filter, seen, onFilter }: { filter: string; seen: number; onFilter: (filter: string) => void }) {
  const t = useText(text);
  // One after the other: the index answers each in a moment, all at once they would hold up the table.
  const counts = useResource(
    `facets ${filter}`,
    async (signal) => {
      const all = [];
      for (const [field] of FIELDS) {
        all.push(await call('countEventsByField', { query: { filter, field, limit: 7, ...hourAgo(filter) }, signal }));
      }
      return all;
    },
    { every: 30_000 },
  );
  useNews(seen, counts.reload);
  const inForce = clauses(filter);
  return (
    <aside className="facets" aria-label={t('counts')}>
      <p className="muted small">{t(hasPeriod(filter) ? 'countsOfFilter' : 'countsOf')}</p>
      {FIELDS.map(([field, name], index) => {
        const values = counts.data?.[index]?.filter((facet) => facet.value !== '') ?? [];
        if (values.length === 0) {
          return null;
        }
        const most = Math.max(...values.map((facet) => facet.count));
        return (
          <section key={field}>
            <h2>{t(name)}</h2>
            <ul>
              {values.map((facet) => {
                const on = inForce.some((one) => one.key === field && one.value === facet.value && !one.negated);
                return (
                  <li key={facet.value}>
                    <button type="button" className="facet" aria-pressed={on} title={facet.value}
                      onClick={(event) => onFilter(withClause(filter, field, facet.value, event.altKey || event.shiftKey))}>
                      <span className="facet-bar" style={{ width: `${(facet.count / most) * 100}%` }} />
                      <span className="cut">{facet.value}</span>
                      {(facet.denied ?? 0) > 0 && field !== 'verdict' && <span className="facet-denied" title={`${t('onlyDenied')}: ${compact(facet.denied!)}`}><Icon name="cross" size={10} /></span>}
                      <span className="num end">{compact(facet.count)}</span>
                    </button>
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
    </aside>
  );
}
