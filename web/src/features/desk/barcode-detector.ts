/** The part of the Shape Detection API that we use; not every browser has it, and the compiler's library does not know it. */
type Detector = { detect: (source: HTMLVideoElement) => Promise<readonly { rawValue: string }[]> };
type DetectorConstructor = new (options: { formats: string[] }) => Detector;

const isConstructor = (value: unknown): value is DetectorConstructor => typeof value === 'function';
const found: unknown = 'BarcodeDetector' in globalThis ? Reflect.get(globalThis, 'BarcodeDetector') : undefined;

/** Whether this browser can read a QR code from a camera's picture. */
export const canScan: boolean = isConstructor(found) && navigator.mediaDevices !== undefined;

export const qrDetector = (): Detector | undefined =>
  isConstructor(found) ? new found({ formats: ['qr_code'] }) : undefined;
