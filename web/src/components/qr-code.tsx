import { useQuery } from '@tanstack/react-query';
import styles from './qr-code.module.css';

/** Quiet zone of four modules, as ISO/IEC 18004 asks. */
const MARGIN = 4;

async function pathOf(text: string): Promise<{ path: string; size: number }> {
  const { create } = await import('qrcode');
  const { data, size } = create(text, { errorCorrectionLevel: 'M' }).modules;
  const dark = Array.from(data, (bit, index) =>
    bit ? `M${(index % size) + MARGIN} ${Math.floor(index / size) + MARGIN}h1v1h-1z` : '',
  );
  return { path: dark.join(''), size: size + 2 * MARGIN };
}

/** A QR code drawn as one SVG path: sharp on paper and screen. `label` says what it is for. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data } = useQuery({
    queryKey: ['qr', text],
    queryFn: () => pathOf(text),
    staleTime: Number.POSITIVE_INFINITY,
    networkMode: 'always',
  });
  return (
    <svg className={styles.code} viewBox={`0 0 ${data?.size ?? 1} ${data?.size ?? 1}`} role="img" aria-label={label}>
      <rect width="100%" height="100%" />
      {data ? <path d={data.path} shapeRendering="crispEdges" /> : null}
    </svg>
  );
}
