/** Refuses every connection that leaves this machine, whoever opens it (design.md §1.9). */
import net from 'node:net';

const connect = net.Socket.prototype.connect;
const isLoopback = (host) => /^(127\.|localhost$|::1$|\[::1\]$)/.test(host);

/** The host that a call of `socket.connect(...)` names; a path (unix socket) is local. */
function hostOf(args) {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (typeof first === 'object' && first !== null)
    return first.path ? 'localhost' : (first.host ?? 'localhost');
  return typeof args[1] === 'string' ? args[1] : 'localhost';
}

if (!connect.isGuarded) {
  net.Socket.prototype.connect = function guarded(...args) {
    const host = hostOf(args);
    if (!isLoopback(host)) throw new Error(`A test tried to reach ${host}: only the loopback is allowed.`);
    return connect.apply(this, args);
  };
  net.Socket.prototype.connect.isGuarded = true;
}
