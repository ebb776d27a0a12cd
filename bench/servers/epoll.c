// The reference that all ratios are against: the least a single thread can do to echo on epoll.
// Edge-triggered, one buffer for all connections; what the kernel does not take at once waits in a buffer of its own.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BUFFER_BYTES = 64 * 1024, MAX_EVENTS = 512, MAX_FDS = 1 << 20, BACKLOG = 4096 };

struct pending {
    char *bytes; // NULL while nothing waits
    size_t at, length;
};

static char buffer[BUFFER_BYTES];
static struct pending pending[MAX_FDS];

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void end(int fd) {
    free(pending[fd].bytes);
    pending[fd].bytes = NULL;
    close(fd);
}

// What was sent; -1 when the peer is gone.
static ssize_t send_some(int fd, const char *bytes, size_t length) {
    ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
    return sent < 0 && errno == EAGAIN ? 0 : sent;
}

static int keep(int fd, const char *bytes, size_t length) {
    struct pending *rest = &pending[fd];
    if ((rest->bytes = malloc(length)) == NULL) return -1;
    memcpy(rest->bytes, bytes, length);
    rest->at = 0;
    rest->length = length;
    return 0;
}

// 1 when nothing waits any more, 0 when something still does, -1 when the peer is gone.
static int send_pending(int fd) {
    struct pending *rest = &pending[fd];
    if (rest->bytes == NULL) return 1;
    ssize_t sent = send_some(fd, rest->bytes + rest->at, rest->length - rest->at);
    if (sent < 0) return -1;
    rest->at += (size_t)sent;
    if (rest->at < rest->length) return 0;
    free(rest->bytes);
    rest->bytes = NULL;
    return 1;
}

static void serve(int fd, unsigned events) {
    int sent = send_pending(fd);
    while (sent == 1) {
        ssize_t count = recv(fd, buffer, sizeof buffer, 0);
        if (count < 0 && errno == EAGAIN) return;
        if (count <= 0) break;
        ssize_t taken = send_some(fd, buffer, (size_t)count);
        if (taken < 0) break;
        // The edge that says "writable" brings us back here, and then to what can be read.
        if (taken < count) {
            if (keep(fd, buffer + taken, (size_t)(count - taken)) < 0) break;
            return;
        }
        // A short read has emptied the socket, and the next bytes make an edge; but an end already told of makes none.
        if (count < BUFFER_BYTES && !(events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR))) return;
    }
    if (sent != 0) end(fd);
}

static void watch(int poll, int fd, unsigned events) {
    struct epoll_event event = {.events = events, .data.fd = fd};
    if (epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event) < 0 && fd != STDIN_FILENO) fail("epoll_ctl");
}

static void accept_all(int poll, int listener) {
    int fd, one = 1;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        watch(poll, fd, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET);
    }
}

static int listen_at(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    int one = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0) fail("bind");
    if (listen(listener, BACKLOG) < 0) fail("listen");
    return listener;
}

int main(int count, char **arguments) {
    if (count != 2) return 2;
    int listener = listen_at(atoi(arguments[1])), poll = epoll_create1(EPOLL_CLOEXEC);
    watch(poll, listener, EPOLLIN);
    // The end of standard input says that whoever started this program is gone.
    watch(poll, STDIN_FILENO, EPOLLRDHUP);
    printf("listening %s\n", arguments[1]);
    fflush(stdout);
    struct epoll_event events[MAX_EVENTS];
    for (;;) {
        int ready = epoll_wait(poll, events, MAX_EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (fd == STDIN_FILENO) return 0;
            if (fd == listener) accept_all(poll, listener);
            else serve(fd, events[i].events);
        }
    }
}
