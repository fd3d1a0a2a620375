// A mail server that takes whatever comes.

import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export class Sink {
  /** The messages that came, as they came. */
  readonly messages: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Sink> {
    const server = createServer();
    const sink = new Sink(server);
    server.on('connection', (socket) => sink.serve(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return sink;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
  }

  /** RFC 5321, as far as a client needs it that does as it says. */
  private serve(socket: Socket): void {
    let waiting = '';
    let message: string[] | undefined;
    const say = (line: string) => socket.write(`${line}\r\n`);
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      const lines = (waiting + bytes.toString('utf8')).split('\r\n');
      waiting = lines.pop()!;
      for (const line of lines) {
        if (message && line !== '.') message.push(line);
        else if (message) {
          this.messages.push(message.join('\n'));
          message = undefined;
          say('250 taken');
        } else if (/^data$/i.test(line)) {
          message = [];
          say('354 go on');
        } else if (/^quit$/i.test(line)) {
          say('221 bye');
          socket.end();
        } else say('250 ok');
      }
    });
    say('220 sink');
  }
}
