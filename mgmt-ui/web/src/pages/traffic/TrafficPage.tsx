export default function TrafficPage() {
  return null;
}
