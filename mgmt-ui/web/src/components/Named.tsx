/** A sentence in which names of the plant stand between back quotes; they are set apart. */
export function Named({ text }: { text: string }) {
  return <>{text.split('`').map((part, index) => (index % 2 === 1 ? <b key={index} className="named">{part}</b> : part))}</>;
}
