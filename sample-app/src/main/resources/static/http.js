/** Nobody answers: the desk is closed, or was never there. */
export class Away extends Error {}

async function answer(path, options) {
  try {
    return await fetch(path, {cache: 'no-store', ...options});
  } catch (failure) {
    if (failure.name === 'TimeoutError') throw failure;
    throw new Away('The desk does not answer.');
  }
}

/** Problem details (RFC 9457), and what the actuator says instead. */
function words(status, {detail, problem, remedy, error}) {
  return detail ?? (problem ? `${problem}. ${remedy ?? ''}`.trim() : `${status} ${error ?? ''}`.trim());
}

export async function json(path, options) {
  const response = await answer(path, options);
  let body = {};
  try {
    body = await response.json();
  } catch (failure) {
    if (response.ok) throw new Away('The desk broke off its answer.', {cause: failure});
  }
  if (!response.ok) throw Object.assign(new Error(words(response.status, body)), {status: response.status});
  return body;
}

export const post = (path, body) => json(path, {
  method: 'POST',
  headers: {'Content-Type': 'application/json'},
  body: JSON.stringify(body),
});
