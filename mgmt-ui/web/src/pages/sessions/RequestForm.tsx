import { useEffect, useState } from 'react';
import { call, type Schema } from '../../api/client';
import { useAction, useResource } from '../../app/resource';
import { address, go, useParameter } from '../../app/router';
import { useStore } from '../../app/store';
import { instantOf } from '../../app/zoned';
import { Field } from '../../components/Field';
import { Icon } from '../../components/Icon';
import { Named } from '../../components/Named';
import { Card, Empty, FailureNotice, Notice } from '../../components/Notice';
import { Segments } from '../../components/Segments';
import { duration, serverZone, TimeText } from '../../components/TimeText';
import { toast } from '../../components/Toast';
import { useText } from '../../i18n/i18n';
import { Permissions, Problems, Times } from './Permissions';
import { usePreview } from './preview';
import { type Access, durations, type Request, rulesFit, sameTarget, type TargetName } from './sessions';
import { text } from './text';

type Offer = Schema<'JumpOffer'>;

/** Asks for a session; beside it, at every change, what it would be allowed to do and what not. */
export function RequestForm() {
  const t = useText(text);
  const zone = useStore(serverZone);
  const [wanted] = useParameter('asset');
  const offers = useResource('jump targets', (signal) => call('listJumpTargets', { signal }));
  const [rule, setRule] = useState('');
  const [targets, setTargets] = useState<TargetName[]>([]);
  const [access, setAccess] = useState<Access>('read');
  const [rules, setRules] = useState('');
  const [reason, setReason] = useState('');
  const [ticket, setTicket] = useState('');
  const [startsAt, setStartsAt] = useState<'approval' | 'time'>('approval');
  const [start, setStart] = useState('');
  const [seconds, setSeconds] = useState<number>();
  const all = offers.data?.offers ?? [];
  const offer = all.find((one) => one.rule === rule);

  // A link from a device, or the only thing there is to ask for, is chosen already.
  const { data } = offers;
  useEffect(() => {
    const open = data?.offers.filter((one) => one.allowed) ?? [];
    const fitting = open.flatMap((one) => one.targets.filter((target) => target.asset === wanted).map((target) => ({ one, target })));
    const first = fitting[0] ?? (wanted === '' && open.length === 1 && open[0]!.targets.length === 1 ? { one: open[0]!, target: open[0]!.targets[0]! } : undefined);
    if (first) {
      setRule((before) => before || first.one.rule);
      setTargets((before) => (before.length > 0 ? before : [{ conduit: first.target.conduit, asset: first.target.asset }]));
    }
  }, [data, wanted]);

  const instant = startsAt === 'time' ? instantOf(start, zone) : undefined;
  const request: Request | undefined = rule === '' || targets.length === 0 ? undefined : {
    rule, targets, access,
    ...(access === 'rules' ? { rules } : {}),
    ...(instant ? { start: instant } : {}),
    ...(seconds !== undefined ? { durationSeconds: seconds } : {}),
  };
  const { preview, failure, current } = usePreview(request);
  const ask = useAction(async () => {
    const made = await call('requestJumpSession', { body: { ...request!, reason: reason.trim(), ticket: ticket.trim() || undefined } });
    toast('ok', t('requested'));
    go(address('/sessions', { session: made.id }));
  });
  const toggle = (one: Offer, target: TargetName, on: boolean) => {
    const kept = one.rule === rule ? targets.filter((each) => !sameTarget(each, target)) : [];
    const next = on ? [...kept, { conduit: target.conduit, asset: target.asset }] : kept;
    setRule(next.length > 0 ? one.rule : '');
    setTargets(next);
    if (access === 'rules' && !rulesFit(next)) {
      setAccess('read');
    }
    if (seconds !== undefined && seconds > one.limits.durationSeconds) {
      setSeconds(undefined);
    }
  };

  if (offers.failure) {
    return <FailureNotice failure={offers.failure} onRetry={offers.reload} />;
  }
  if (!data) {
    return null;
  }
  if (all.length === 0) {
    return <div className="card"><Empty icon="sessions" title={t('noOffers')}>{t('noOffersText')}</Empty></div>;
  }
  const problems = preview?.problems ?? [];
  const missing = request === undefined ? t('missingTarget') : reason.trim() === '' ? t('missingReason') : startsAt === 'time' && !instant ? t('missingStart') : access === 'rules' && rules.trim() === '' ? t('missingRules') : undefined;
  return (
    <>
      {!data.broker.running && <Notice tone="warn">{data.broker.sentence ?? t('noBroker')}</Notice>}
      {wanted !== '' && !all.some((one) => one.targets.some((target) => target.asset === wanted)) && <Notice tone="warn">{t('notOffered', { name: wanted })}</Notice>}
      <div className="request">
        <form className="stack" id="request" onSubmit={(event) => { event.preventDefault(); void ask.run(); }}>
          <Card title={t('whereTo')}>
            <div className="stack">
              {all.length > 1 && <p className="muted small">{t('oneRule')}</p>}
              {all.map((one) => <OfferTargets key={one.rule} offer={one} chosen={one.rule === rule ? targets : []} onToggle={(target, on) => toggle(one, target, on)} />)}
            </div>
          </Card>
          <Card title={t('whatFor')}>
            <div className="stack">
              <div className="field">
                <span className="label">{t('access')}</span>
                <div><Segments label={t('access')} value={access} onChange={setAccess}
                  options={(['read', 'write', 'rules'] as const).filter((one) => one !== 'rules' || rulesFit(targets)).map((one) => [one, t(`access_${one}`)])} /></div>
                <span className="hint">{t(`accessHint_${access}`)}</span>
              </div>
              {access === 'rules' && (
                <div className="field">
                  <label htmlFor="request-rules">{t('rules')}</label>
                  <textarea id="request-rules" className="textarea mono" spellCheck={false} maxLength={65536} value={rules} placeholder={t('rulesExample')} aria-describedby="request-rules-hint" onChange={(event) => setRules(event.target.value)} />
                  <span id="request-rules-hint" className="hint">{t('rulesHint')}</span>
                </div>
              )}
              <div className="field">
                <label htmlFor="request-reason">{t('reason')}</label>
                <textarea id="request-reason" className="textarea short" required maxLength={1000} value={reason} placeholder={t('reasonHint')} onChange={(event) => setReason(event.target.value)} />
              </div>
              <Field label={<>{t('ticket')} <span className="muted">({t('ticketOptional')})</span></>} maxLength={100} value={ticket} onChange={(event) => setTicket(event.target.value)} />
            </div>
          </Card>
          <Card title={t('when')}>
            <div className="session-when">
              <div className="field">
                <span className="label">{t('start')}</span>
                <div><Segments label={t('start')} value={startsAt} options={[['approval', t('atApproval')], ['time', t('atTime')]]} onChange={setStartsAt} /></div>
                {startsAt === 'time' ? (
                  <>
                    <input type="datetime-local" className="input" aria-label={t('startTime')} value={start} onChange={(event) => setStart(event.target.value)} />
                    <span className="hint">{t('inZone', { zone })}</span>
                  </>
                ) : <span className="hint">{t('atApprovalHint')}</span>}
              </div>
              <div className="field">
                <label htmlFor="request-duration">{t('duration')}</label>
                <select id="request-duration" className="select" disabled={!offer} value={seconds ?? offer?.limits.durationSeconds ?? ''} onChange={(event) => setSeconds(Number(event.target.value))}>
                  {offer ? durations(offer.limits.durationSeconds).map((one) => <option key={one} value={one}>{duration(one)}</option>) : <option value="">–</option>}
                </select>
                <span className="hint">{t('durationHint')}</span>
              </div>
            </div>
          </Card>
        </form>
        <Card title={t('previewTitle')} className="request-preview">
          <div className="stack" aria-live="polite" aria-busy={request !== undefined && !current}>
            {!request ? <p className="muted">{t('previewEmpty')}</p> : (
              <>
                <FailureNotice failure={failure} />
                {preview && <Times preview={preview} />}
                {preview && <Permissions targets={preview.targets} />}
                <Problems problems={problems} />
                {offer && <p className="muted small">{t('goesTo', { n: offer.limits.approvals, by: offer.limits.by, within: duration(offer.limits.withinSeconds) })}</p>}
              </>
            )}
            <FailureNotice failure={ask.failure} />
            <button type="submit" form="request" className="button primary" disabled={ask.busy || missing !== undefined || preview?.usable === false}>
              {ask.busy ? <span className="spin" /> : <Icon name="right" />}{t('send')}
            </button>
            {missing && <p className="muted small">{missing}</p>}
          </div>
        </Card>
      </div>
    </>
  );
}

/** The devices of one rule, and within which limits it opens them. */
function OfferTargets({ offer, chosen, onToggle }: { offer: Offer; chosen: TargetName[]; onToggle: (target: TargetName, on: boolean) => void }) {
  const t = useText(text);
  const { limits } = offer;
  return (
    <fieldset className="boxed offer" disabled={!offer.allowed}>
      <legend>{offer.rule}</legend>
      <p className="muted small">
        {t('upTo', { time: duration(limits.durationSeconds) })}
        {limits.idleSeconds !== undefined && <> · {t('idleAfter', { time: duration(limits.idleSeconds) })}</>}
        {limits.window && <> · {t('onlyIn', { window: limits.windowSentence ?? limits.window })}{limits.windowOpens && <> ({t('opens')} <TimeText at={limits.windowOpens} />)</>}</>}
      </p>
      {!offer.allowed && <p className="offer-why"><Icon name="key" size={14} /><span>{offer.why ?? t('notAllowed')}</span></p>}
      {offer.targets.map((target) => (
        <div key={`${target.conduit} ${target.asset}`}>
          <label className="check">
            <input type="checkbox" checked={chosen.some((one) => sameTarget(one, target))} onChange={(event) => onToggle(target, event.target.checked)} />
            <span><strong>{target.asset}</strong> <span className="muted small">{[target.zone, target.protocol, String(target.port), target.conduit].filter(Boolean).join(' · ')}</span></span>
          </label>
          {target.ceiling.length > 0 && (
            <details className="offer-ceiling">
              <summary>{t('atMost')}</summary>
              <ul>{target.ceiling.map((sentence) => <li key={sentence}><Named text={sentence} /></li>)}</ul>
            </details>
          )}
        </div>
      ))}
    </fieldset>
  );
}
