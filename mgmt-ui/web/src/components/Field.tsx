import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import { Icon } from './Icon';

/** A labelled input with a hint below it, or what is wrong in its place. */
export function Field({ label, hint, problem, className, ...rest }: {
  label: ReactNode;
  hint?: ReactNode;
  problem?: ReactNode;
} & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input {...rest} id={id} className={`input${className ? ` ${className}` : ''}`} aria-invalid={problem ? true : undefined} aria-describedby={hint || problem ? `${id}-note` : undefined} />
      {problem ? <span id={`${id}-note`} className="problem"><Icon name="warn" size={14} />{problem}</span> : hint && <span id={`${id}-note`} className="hint">{hint}</span>}
    </div>
  );
}
