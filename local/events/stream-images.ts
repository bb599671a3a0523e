import { isDeepStrictEqual } from 'node:util';
import type { AttributeValue, StreamRecord } from 'aws-lambda';

type Image = { [name: string]: AttributeValue };
type Images = { readonly OldImage?: unknown; readonly NewImage?: unknown };

/**
 * DynamoDB Local's stream says `{}` where the cloud's says `{"M": {}}` (or `{"L": []}`): an empty collection loses its type. Nothing
 * of ours stores an attribute that may be either, and empty lists read as empty maps only where nobody looks; so it becomes a map.
 */
function restored(value: AttributeValue): AttributeValue {
  if (Object.keys(value).length === 0) return { M: {} };
  if (value.M) return { M: restoredImage(value.M) };
  if (value.L) return { L: value.L.map(restored) };
  return value;
}

function restoredImage(image: Image): Image {
  return Object.fromEntries(Object.entries(image).map(([name, value]) => [name, restored(value)]));
}

/** Whether anything changed: of a write that leaves the item as it was the cloud tells nothing, and dynoxide tells the same twice. */
export function isChange({ OldImage, NewImage }: Images): boolean {
  return !(OldImage && NewImage && isDeepStrictEqual(OldImage, NewImage));
}

/** The record as the cloud would send it. */
export function asInTheCloud(record: StreamRecord): StreamRecord {
  return {
    ...record,
    ...(record.NewImage ? { NewImage: restoredImage(record.NewImage) } : {}),
    ...(record.OldImage ? { OldImage: restoredImage(record.OldImage) } : {}),
  };
}
