import { Button, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../../lib/i18n.ts';
import { qrDetector } from './barcode-detector.ts';
import styles from './check-in-bar.module.css';
import { byCodeTexts } from './check-in-texts.ts';

const LOOK_EVERY_MS = 250;

type Props = { onCode: (text: string) => void; onClose: () => void };

/** The camera's picture until a QR code is in it. Nothing is recorded and no picture leaves the device. */
export function CameraScan({ onCode, onClose }: Props) {
  const t = useTexts(byCodeTexts);
  const video = useRef<HTMLVideoElement>(null);
  const closing = useRef<HTMLButtonElement>(null);
  const report = useRef(onCode);
  report.current = onCode;
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    closing.current?.focus();
    const detector = qrDetector();
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const look = async () => {
      const picture = video.current;
      if (over || !detector || !picture) return;
      const [code] = await detector.detect(picture).catch(() => []);
      if (over) return;
      if (code) report.current(code.rawValue);
      else timer = setTimeout(() => void look(), LOOK_EVERY_MS);
    };
    const open = async () => {
      const opened = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      stream = opened;
      if (over) return stop();
      if (!video.current) return;
      video.current.srcObject = opened;
      await video.current.play();
      await look();
    };
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    open().catch(() => setFailed(!over));
    return () => {
      over = true;
      clearTimeout(timer);
      stop();
    };
  }, []);
  return (
    <div className={styles.cameraView}>
      {failed ? (
        <Text role="alert">{t('cameraFailed')}</Text>
      ) : (
        <>
          <Text>{t('cameraTitle')}</Text>
          <video ref={video} muted playsInline aria-label={t('cameraTitle')} />
        </>
      )}
      <Button ref={closing} variant="default" onClick={onClose}>
        {t('cameraClose')}
      </Button>
    </div>
  );
}
