import styles from './home.module.css';
/** Minnan roofs with their swallow-tail ridges on the bank of the Mulan river, a lychee tree between them. Decoration only. */
export function Riverside() {
  return (
    <svg className={styles.riverside} viewBox="0 0 800 120" preserveAspectRatio="xMaxYMax slice" aria-hidden="true">
      <path
        className={styles.far}
        d="M0 92c60-34 120-40 190-12 60-46 130-54 210-6 70-34 130-30 190 4 60-30 130-34 210 2v40H0z"
      />
      <g className={styles.walls}>
        <path d="M446 70h76v26h-76zM560 60h92v36h-92zM690 72h70v24h-70z" />
      </g>
      <path
        className={styles.roofs}
        d="M434 62c18 2 34-6 50-18 16 12 32 20 50 18M452 66v28M516 66v28M546 50c22 2 42-8 60-22 18 14 38 24 60 22M566 56v38M646 56v38M606 94V76M680 64c16 2 30-6 45-16 15 10 29 18 45 16M696 68v26M754 68v26"
      />
      <g className={styles.tree}>
        <circle cx="392" cy="66" r="20" />
        <circle cx="374" cy="78" r="14" />
        <circle cx="410" cy="78" r="14" />
        <path d="M389 80h6v18h-6z" />
      </g>
      <g className={styles.lychee}>
        <circle cx="384" cy="66" r="4" />
        <circle cx="400" cy="72" r="4" />
        <circle cx="394" cy="58" r="3.5" />
        <circle cx="374" cy="80" r="3.5" />
        <circle cx="411" cy="81" r="3.5" />
      </g>
      <path className={styles.river} d="M0 98c66-12 134 10 200 2s134-12 200-2 134 10 200 0 134-10 200 0v22H0z" />
      <path className={styles.riverNear} d="M0 110c66-9 134 8 200 1s134-8 200-1 134 8 200 0 134-8 200 0v10H0z" />
    </svg>
  );
}
