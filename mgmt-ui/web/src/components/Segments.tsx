/** One of a few, all in view. */
export function Segments<V extends string>({ label, value, options, onChange }: {
  label: string;
  value: V;
  options: readonly (readonly [V, React.ReactNode])[];
  onChange: (value: V) => void;
}) {
  return (
    <div className="segments" role="radiogroup" aria-label={label}
      onKeyDown={(event) => {
        const by = event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 0;
        if (by !== 0) {
          event.preventDefault();
          const at = options.findIndex(([one]) => one === value);
          const next = (at + by + options.length) % options.length;
          onChange(options[next]![0]);
          (event.currentTarget.children[next] as HTMLElement).focus();
        }
      }}>
      {options.map(([one, words]) => (
        <button key={one} type="button" role="radio" aria-checked={one === value} tabIndex={one === value ? 0 : -1} onClick={() => onChange(one)}>{words}</button>
      ))}
    </div>
  );
}
