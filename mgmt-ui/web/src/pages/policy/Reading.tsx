import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { address, Link } from '../../app/router';
import { useShortcut } from '../../app/shortcuts';
import { Icon } from '../../components/Icon';
import { Named } from '../../components/Named';
import { Card, Empty, Notice } from '../../components/Notice';
import { clause } from '../../filter/language';
import { useLanguage, useText } from '../../i18n/i18n';
import { type ReadConduit, type ReadPolicy, readPolicy, type ReadRule } from './read';
import { sentencesOf, spokenOn, windowSentence, zoneSentence } from './sentences';
import { text } from './text';

/** The policy in sentences. `rule` is a rule, conduit or device to look at first, `line` one by its place. */
export function Reading({ yaml, rule, line, aside, notes }: { yaml: string; rule?: string; line?: number; aside?: ReactNode; notes?: ReactNode }) {
  const t = useText(text);
  const policy = useMemo(() => readPolicy(yaml), [yaml]);
  const highlight = rule ?? (line ? policy && ruleAt(policy, line) : undefined);
  const [wanted, setWanted] = useState('');
  useShortcut('/', () => document.getElementById('policy-find')?.focus());
  useEffect(() => {
    if (highlight) {
      document.getElementById(`rule-${highlight}`)?.scrollIntoView({ block: 'center' });
    }
  }, [highlight, policy]);
  if (!policy) {
    return <Empty icon="policy" title={t('notReadable')} actions={<Link className="button" to="/policy/edit">{t('tabEdit')}</Link>}>{t('notReadableText')}</Empty>;
  }
  return (
    <div className="stack policy-words">
      <header className="policy-head">
        <div className="grow">
          <h2 className="policy-name">{policy.name}</h2>
          <ModeLine policy={policy} />
        </div>
        {aside}
      </header>
      {notes}
      <div className="policy-columns">
        <section className="stack" aria-label={t('conduits')}>
          <div className="row">
            <h2>{t('conduits')}</h2>
            <input id="policy-find" type="search" className="input policy-find end" placeholder={t('findRule')} aria-label={t('findRule')} value={wanted} onChange={(event) => setWanted(event.target.value)} />
          </div>
          <p className="muted small">{t('conduitsHint')}</p>
          <Conduits policy={policy} wanted={wanted.trim()} highlight={highlight} />
        </section>
        <aside className="stack" aria-label={t('places')}>
          <Places policy={policy} highlight={highlight} />
          <Windows policy={policy} />
          <Promises policy={policy} />
        </aside>
      </div>
    </div>
  );
}

/** The rule, conduit or device that a line is about: the last that begins before it. */
function ruleAt(policy: ReadPolicy, line: number): string | undefined {
  const places = [...policy.conduits.flatMap((conduit) => [{ id: conduit.name, line: conduit.line }, ...conduit.rules]), ...policy.assets.map((asset) => ({ id: asset.name, line: asset.line }))];
  return places.filter((place) => place.line <= line).sort((a, b) => b.line - a.line)[0]?.id;
}

function ModeLine({ policy }: { policy: ReadPolicy }) {
  const t = useText(text);
  const enforces = policy.mode === 'enforce';
  const unsure = policy.unsure.map(([cause, action]) => `${cause in CAUSES ? t(CAUSES[cause]!) : cause} – ${action === 'drop' ? t('unsureDrop') : t('unsureReset')}`);
  return (
    <>
      <p className="row policy-mode">
        <Icon name={enforces ? 'policy' : 'eye'} />
        {t(enforces ? 'modeEnforce' : policy.mode === 'monitor' ? 'modeMonitor' : 'modeLearn')}
      </p>
      {unsure.length > 0 && <p className="muted small">{t('unsure')} {unsure.join('; ')}</p>}
    </>
  );
}
const CAUSES: Record<string, 'unsure_malformed' | 'unsure_opaque' | 'unsure_midstream' | 'unsure_overload'> = {
  malformed: 'unsure_malformed', opaque: 'unsure_opaque', midstream: 'unsure_midstream', overload: 'unsure_overload',
};

function Conduits({ policy, wanted, highlight }: { policy: ReadPolicy; wanted: string; highlight?: string }) {
  const t = useText(text);
  const language = useLanguage();
  const all = useMemo(() => policy.conduits.map((conduit) => ({
    conduit,
    rules: conduit.rules.map((rule) => ({ rule, sentences: sentencesOf(rule, conduit, policy, language) })),
  })), [policy, language]);
  const needle = wanted.toLowerCase();
  const shown = needle === '' ? all : all
    .map((one) => ({
      ...one,
      rules: [one.conduit.name, one.conduit.from, one.conduit.to, one.conduit.protocol ?? ''].some((word) => word.toLowerCase().includes(needle)) ? one.rules
        : one.rules.filter(({ rule, sentences }) => [rule.id, ...sentences, ...Object.values(rule.fields).flat()].some((word) => word.toLowerCase().includes(needle))),
    }))
    .filter((one) => one.rules.length > 0);
  if (policy.conduits.length === 0) {
    return <Empty icon="policy" title={t('noConduits')} actions={<Link className="button" to="/policy/edit">{t('edit')}</Link>} />;
  }
  if (shown.length === 0) {
    return <Empty icon="search" title={t('nothingFound', { what: wanted })} />;
  }
  return shown.map(({ conduit, rules }) => (
    <Card key={conduit.name} level={3} className={conduit.name === highlight ? 'conduit pointed' : 'conduit'} title={<span id={`rule-${conduit.name}`}>{conduit.name}</span>}
      aside={<Link className="small" to={traffic('conduit', conduit.name)} aria-label={t('messagesOf', { name: conduit.name })}>{t('messages')}</Link>}>
      <p className="conduit-line">
        <b className="named">{conduit.from}</b> <Icon name="right" size={13} /> <b className="named">{conduit.to}</b>
        <span className="muted">{spokenOn(conduit, language) ?? t('notInspected')}</span>
      </p>
      <Weaker conduit={conduit} />
      <ul className="rules">
        {rules.map(({ rule, sentences }) => <Rule key={`${rule.id}-${rule.line}`} rule={rule} sentences={sentences} pointed={rule.id === highlight} />)}
      </ul>
      <p className="muted small">
        {t(conduit.onDeny === 'drop' ? 'denyDrop' : conduit.onDeny === 'reset' || !conduit.protocol ? 'denyReset' : 'denyReply')}
        {conduit.channel.length > 0 && ` ${t('channel', { what: conduit.channel.map(([what, values]) => channelWords(t, what, values)).join('; ') })}`}
      </p>
    </Card>
  ));
}

function channelWords(t: ReturnType<typeof useText<keyof (typeof text)['en']>>, what: string, values: string[]): string {
  const key = `channel_${what}` as keyof (typeof text)['en'];
  return key in text.en ? t(key, { v: values.join(', ') }) : `${what} ${values.join(', ')}`;
}

function Weaker({ conduit }: { conduit: ReadConduit }) {
  const t = useText(text);
  if (conduit.mode !== 'monitor' && conduit.mode !== 'learn') {
    return null;
  }
  const monitors = conduit.mode === 'monitor';
  return (
    <Notice tone="warn">
      {conduit.until ? t(monitors ? 'watchesUntil' : 'learnsUntil', { date: conduit.until }) : t(monitors ? 'watches' : 'learns')}
    </Notice>
  );
}

function Rule({ rule, sentences, pointed }: { rule: ReadRule; sentences: string[]; pointed: boolean }) {
  const t = useText(text);
  const because = rule.fields.because?.[0];
  return (
    <li id={`rule-${rule.id}`} className={`rule${rule.allow ? '' : ' refuses'}${pointed ? ' pointed' : ''}`}>
      <span className="rule-mark" title={t(rule.allow ? 'allows' : 'refuses')}>
        <Icon name={rule.allow ? 'check' : 'cross'} />
        <span className="sr">{t(rule.allow ? 'allows' : 'refuses')}</span>
      </span>
      <div className="grow">
        {sentences.map((sentence) => <p key={sentence}><Named text={sentence} />.</p>)}
        {because && <p className="muted small">{t('because', { why: because })}</p>}
      </div>
      <span className="rule-links">
        <Link to={address('/policy/edit', { line: rule.line })} title={t('toLine', { line: rule.line })} aria-label={t('toLineOf', { name: rule.id, line: rule.line })} className="tag">{rule.id}</Link>
        <Link to={traffic('rule', rule.id)} className="small" aria-label={t('messagesOf', { name: rule.id })}>{t('messages')}</Link>
      </span>
    </li>
  );
}

function traffic(key: string, value: string): string {
  return address('/traffic', { filter: clause(key, value) });
}

function Places({ policy, highlight }: { policy: ReadPolicy; highlight?: string }) {
  const t = useText(text);
  const language = useLanguage();
  return (
    <Card title={t('places')}>
      <div className="stack">
        {policy.zones.map((zone) => {
          const assets = policy.assets.filter((asset) => asset.zone === zone.name);
          return (
            <div key={zone.name} className="place">
              <h3>{zone.name}</h3>
              <p className="muted small"><Named text={zoneSentence(zone, language)} /></p>
              {assets.length === 0 ? !zone.broker && <p className="muted small">{t('noAssets')}</p> : (
                <ul>
                  {assets.map((asset) => (
                    <li key={asset.name} id={`rule-${asset.name}`} className={asset.name === highlight ? 'row pointed' : 'row'}>
                      <Link to={address('/assets', { asset: asset.name })}>{asset.name}</Link>
                      <span className="muted mono">{asset.addresses.join(', ')}</span>
                      {asset.mac && <span className="muted small">{t('mac', { mac: asset.mac })}</span>}
                      {asset.certificate && <span className="muted small">{t('pinned', { print: asset.certificate.slice(0, 15) })}…</span>}
                    </li>
                  ))}
                </ul>
              )}
            </div>
          );
        })}
      </div>
    </Card>
  );
}

function Windows({ policy }: { policy: ReadPolicy }) {
  const t = useText(text);
  const language = useLanguage();
  return policy.windows.length === 0 ? null : (
    <Card title={t('windows')}>
      <dl className="pairs">
        {policy.windows.map((window) => [
          <dt key={window.name}>{window.name}</dt>,
          <dd key={`${window.name}-when`}>{windowSentence(window, language)}</dd>,
        ])}
      </dl>
    </Card>
  );
}

function Promises({ policy }: { policy: ReadPolicy }) {
  const t = useText(text);
  return policy.expectations.length === 0 ? null : (
    <Card title={t('expectations')}>
      <p className="muted small">{t('expectationsHint')}</p>
      <ul className="promises">
        {policy.expectations.map((one, index) => {
          const allowed = one.then.startsWith('allow');
          return (
            <li key={index}>
              <span className={allowed ? 'rule-mark' : 'rule-mark no'}><Icon name={allowed ? 'check' : 'cross'} size={14} /><span className="sr">{t(allowed ? 'allows' : 'refuses')}</span></span>
              <span className="wrap-any">{t('expectation', { from: one.from, to: one.to, does: one.does })}</span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
