// node peers.mjs package|policy retinaface|yunet MODEL FOLDER WORKERS
// Counts faces in every photo of FOLDER the way a user could without the gate, and prints one JSON object.
//   package  sharp + onnxruntime-node + the retinaface package with its defaults: one pass at 640 x 640
//   policy   the gate's policy on sharp + onnxruntime-node: passes 320 and 1280, merged; MODEL must accept any size
// The work is split over WORKERS threads, one inference thread each, which was the fastest split of two cores for both.
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as ort from 'onnxruntime-node';
import sharp from 'sharp';

const round32 = side => Math.ceil(side / 32) * 32;

const decoders = {
  retinaface: { input: 'data', red: 0, sure: 0.6, doubtful: 0.3, decode: decodeRetinaFace },
  yunet: { input: 'input', red: 2, sure: 0.73, doubtful: 0.5, decode: decodeYuNet },
};

function decodeRetinaFace(outputs, width, height, least) {
  const boxes = [];
  for (const [stride, sides] of [[32, [512, 256]], [16, [128, 64]], [8, [32, 16]]]) {
    const scores = outputs[`face_rpn_cls_prob_reshape_stride${stride}`].data;
    const offsets = outputs[`face_rpn_bbox_pred_stride${stride}`].data;
    const columns = width / stride;
    const cells = columns * (height / stride);
    sides.forEach((side, anchor) => {
      for (let cell = 0; cell < cells; cell++) {
        const score = scores[(2 + anchor) * cells + cell];
        if (score < least) continue;
        const at = anchor * 4 * cells + cell;
        const w = side * Math.exp(offsets[at + 2 * cells]);
        const h = side * Math.exp(offsets[at + 3 * cells]);
        const x = 7.5 + stride * (cell % columns) + offsets[at] * side - w / 2;
        const y = 7.5 + stride * Math.floor(cell / columns) + offsets[at + cells] * side - h / 2;
        boxes.push({ x, y, w, h, score });
      }
    });
  }
  return boxes;
}

function decodeYuNet(outputs, width, height, least) {
  const boxes = [];
  for (const stride of [8, 16, 32]) {
    const cls = outputs[`cls_${stride}`].data, obj = outputs[`obj_${stride}`].data, box = outputs[`bbox_${stride}`].data;
    const columns = width / stride;
    for (let cell = 0; cell < columns * (height / stride); cell++) {
      const score = Math.sqrt(Math.min(1, Math.max(0, cls[cell])) * Math.min(1, Math.max(0, obj[cell])));
      if (score < least) continue;
      const w = Math.exp(box[cell * 4 + 2]) * stride, h = Math.exp(box[cell * 4 + 3]) * stride;
      const x = (cell % columns + box[cell * 4]) * stride - w / 2, y = (Math.floor(cell / columns) + box[cell * 4 + 1]) * stride - h / 2;
      boxes.push({ x, y, w, h, score });
    }
  }
  return boxes;
}

function suppress(boxes) {
  const kept = [];
  for (const box of boxes.sort((a, b) => b.score - a.score)) {
    const overlaps = kept.some(other => {
      const w = Math.min(box.x + box.w, other.x + other.w) - Math.max(box.x, other.x);
      const h = Math.min(box.y + box.h, other.y + other.h) - Math.max(box.y, other.y);
      if (w <= 0 || h <= 0) return false;
      const shared = w * h;
      return shared > 0.4 * (box.w * box.h + other.w * other.h - shared) || shared > 0.65 * Math.min(box.w * box.h, other.w * other.h);
    });
    if (!overlaps) kept.push(box);
  }
  return kept;
}

async function pass(session, detector, pixels, { width, height }, least) {
  const [w, h] = [round32(width), round32(height)];
  const plane = w * h;
  const data = new Float32Array(3 * plane);
  for (let y = 0; y < height; y++) {
    for (let x = 0, from = y * width * 3, to = y * w; x < width; x++, from += 3, to++) {
      data[to] = pixels[from + detector.red];
      data[plane + to] = pixels[from + 1];
      data[2 * plane + to] = pixels[from + 2 - detector.red];
    }
  }
  const outputs = await session.run({ [detector.input]: new ort.Tensor('float32', data, [1, 3, h, w]) });
  return detector.decode(outputs, w, h, least);
}

async function countByPolicy(session, detector, path) {
  const header = await sharp(path).metadata();
  const longSide = Math.max(header.width, header.height);
  const large = await sharp(path).rotate().resize(Math.min(1280, longSide * 2), Math.min(1280, longSide * 2), { fit: 'inside' }).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  const small = await sharp(large.data, { raw: large.info }).resize(320, 320, { fit: 'inside' }).raw().toBuffer({ resolveWithObject: true });
  const factor = large.info.width / small.info.width;
  const coarse = (await pass(session, detector, small.data, small.info, detector.doubtful)).filter(box => Math.min(box.w, box.h) >= 40)
    .map(box => ({ x: box.x * factor, y: box.y * factor, w: box.w * factor, h: box.h * factor, score: box.score }));
  const fine = await pass(session, detector, large.data, large.info, detector.doubtful);
  return suppress([...coarse, ...fine]).filter(box => box.score >= detector.sure).length;
}

async function countByPackage(retinaface, path) {
  const { data, info } = await sharp(path).rotate().resize(640, 640, { fit: 'contain', position: 'left top', background: '#000' }).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return (await retinaface.detect({ data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.length), width: info.width, height: info.height })).length;
}

async function work({ mode, kind, model, folder, files }) {
  sharp.concurrency(1);
  sharp.cache(false);
  const session = await ort.InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  let count;
  if (mode === 'package') {
    const { default: Retinaface } = await import('retinaface');
    const retinaface = new (Retinaface.default ?? Retinaface)(session, ort.Tensor);
    count = path => countByPackage(retinaface, path);
  } else {
    count = path => countByPolicy(session, decoders[kind], path);
  }
  const counts = {};
  await count(`${folder}/${files[0]}`);
  parentPort.postMessage('ready');
  await new Promise(go => parentPort.once('message', go));
  for (const file of files) counts[file] = await count(`${folder}/${file}`);
  parentPort.postMessage(counts);
}

async function main([mode, kind, model, folder, workers]) {
  const files = readdirSync(folder).filter(file => /\.(jpe?g|png)$/i.test(file)).sort();
  const threads = Array.from({ length: Number(workers) }, (_, i) => new Worker(fileURLToPath(import.meta.url), {
    workerData: { mode, kind, model, folder, files: files.filter((_, at) => at % workers === i) },
  }));
  const message = thread => new Promise((done, failed) => { thread.once('message', done); thread.once('error', failed); });
  await Promise.all(threads.map(message));
  const start = performance.now();
  const results = await Promise.all(threads.map(thread => { const counts = message(thread); thread.postMessage('go'); return counts; }));
  const seconds = (performance.now() - start) / 1000;
  await Promise.all(threads.map(thread => thread.terminate()));
  console.log(JSON.stringify({ photosPerSecond: files.length / seconds, peakMegabytes: process.resourceUsage().maxRSS / 1024, counts: Object.assign({}, ...results) }));
}

await (isMainThread ? main(process.argv.slice(2)) : work(workerData));
