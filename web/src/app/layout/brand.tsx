import styles from './brand.module.css';

/** Roof, river and the lychee between them. */
export function Brand() {
  return (
    <span className={styles.brand}>
      <svg className={styles.mark} viewBox="0 0 40 40" aria-hidden="true">
        <path d="M5 17.5c5-1.2 10-6 15-12 5 6 10 10.8 15 12" />
        <path d="M11 19v8M29 19v8" />
        <circle cx="20" cy="20.5" r="3.6" />
        <path className={styles.river} d="M4 33.5c5.3-3.6 10.7 3.6 16 0s10.7-3.6 16 0" />
      </svg>
      <span className={styles.zh} lang="zh-CN">
        邻里
      </span>
      <span className={styles.en} lang="en">
        Linli
      </span>
    </span>
  );
}
