import type { AttributeValue, StreamRecord } from 'aws-lambda';

type Image = { [name: string]: AttributeValue };

/**
 * The local engine's stream says `{}` where the cloud's says `{"M": {}}` (or `{"L": []}`): an empty collection loses its type. Nothing
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

/** The record as the cloud would send it. */
export function asInTheCloud(record: StreamRecord): StreamRecord {
  return {
    ...record,
    ...(record.NewImage ? { NewImage: restoredImage(record.NewImage) } : {}),
    ...(record.OldImage ? { OldImage: restoredImage(record.OldImage) } : {}),
  };
}
