/* Connections. */
// needs: native malloc
#include "row.h"

ROW(a_server_and_its_client, struct rouse_tcp_listener listener; struct rouse_tcp_listen listen;
    struct rouse_fd client; struct rouse_tcp_connect connect; struct rouse_fd connection;
    struct rouse_tcp_accept accept; struct rouse_shutdown shutdown; struct rouse_read read;
    rouse_status status; char buffer[8];)
{
    ROUSE_BEGIN;
    // Tokio: let listener = TcpListener::bind("127.0.0.1:0").await?;
    // smol: let listener = TcpListener::bind("127.0.0.1:0").await?;
    // Go: listener, err := net.Listen("tcp", "127.0.0.1:0")
    // Node: const server = createServer(onConnection).listen(0, '127.0.0.1')
    // libuv: uv_tcp_bind(&server, address, 0); uv_listen((uv_stream_t *)&server, 128, on_client);
    // epoll: bind(fd, address, size); listen(fd, 128);
    ROUSE_AWAIT(self->listen, rouse_tcp_listen(&self->listener, "127.0.0.1", 0));

    // Tokio: let mut client = TcpStream::connect(("127.0.0.1", port)).await?;
    // smol: let mut client = TcpStream::connect(("127.0.0.1", port)).await?;
    // Go: client, err := net.Dial("tcp", address)
    // Node: const client = connect(port, '127.0.0.1')
    // libuv: uv_tcp_connect(&request, &client, address, on_connect);
    // epoll: connect(fd, address, size); /* EINPROGRESS; then EPOLLOUT and SO_ERROR */
    ROUSE_AWAIT(self->connect, rouse_tcp_connect(&self->client, "127.0.0.1", self->listener.port));

    // Tokio: let (connection, _) = listener.accept().await?;
    // smol: let (connection, _) = listener.accept().await?;
    // Go: connection, err := listener.Accept()
    // Node: const [connection] = await once(server, 'connection')
    // libuv: uv_accept((uv_stream_t *)&server, (uv_stream_t *)&connection);
    // epoll: connection = accept4(fd, NULL, NULL, SOCK_NONBLOCK); /* until EAGAIN */
    ROUSE_AWAIT(self->accept, rouse_tcp_accept(&self->listener, &self->connection));

    // Tokio: connection.shutdown().await?;
    // smol: connection.shutdown(Shutdown::Write)?;
    // Go: connection.(*net.TCPConn).CloseWrite()
    // Node: connection.end()
    // libuv: uv_shutdown(&request, (uv_stream_t *)&connection, on_shutdown);
    // epoll: shutdown(connection, SHUT_WR);
    ROUSE_AWAIT(self->shutdown, rouse_shutdown(&self->connection.writer));

    ROUSE_TRY_AWAIT(self->status, self->read,
                    rouse_read(&self->client.reader, self->buffer, sizeof self->buffer));
    EXPECT_EQ(self->status, ROUSE_ERR_CLOSED);
    ROUSE_FINALLY;
    rouse_fd_close(&self->client);
    rouse_fd_close(&self->connection);
    rouse_tcp_listener_close(&self->listener);
    ROUSE_END;
}
