// The reference for files: one file over one connection, with as few copies as the kernel allows.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

enum { piece = 1024 * 1024 };

static char buffer[piece];

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static int tcp(struct sockaddr_in *address, const char *port) {
    memset(address, 0, sizeof *address);
    address->sin_family = AF_INET;
    address->sin_port = htons((unsigned short)atoi(port));
    address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) fail("socket");
    return fd;
}

static void receive(const char *port, const char *path) {
    struct sockaddr_in here;
    int listener = tcp(&here, port), yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (struct sockaddr *)&here, sizeof here) < 0 || listen(listener, 1) < 0) fail("bind");
    int from = accept(listener, NULL, NULL);
    int to = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (from < 0 || to < 0) fail(path);
    ssize_t count;
    while ((count = read(from, buffer, piece)) > 0) {
        for (ssize_t done = 0, written; done < count; done += written) {
            if ((written = write(to, buffer + done, (size_t)(count - done))) < 0) fail("write");
        }
    }
    if (count < 0) fail("read");
}

static void transmit(const char *port, const char *path, const char *congestion) {
    struct sockaddr_in there;
    int to = tcp(&there, port), from = open(path, O_RDONLY | O_CLOEXEC);
    if (from < 0) fail(path);
    if (congestion != NULL
        && setsockopt(to, IPPROTO_TCP, TCP_CONGESTION, congestion, (socklen_t)strlen(congestion)) < 0) {
        fail(congestion);
    }
    if (connect(to, (struct sockaddr *)&there, sizeof there) < 0) fail("connect");
    ssize_t count;
    while ((count = sendfile(to, from, NULL, 1 << 30)) > 0) {}
    if (count < 0) fail("sendfile");
}

int main(int count, char **arguments) {
    if (count == 4 && strcmp(arguments[1], "receive") == 0) {
        receive(arguments[2], arguments[3]);
    } else if ((count == 4 || count == 5) && strcmp(arguments[1], "send") == 0) {
        transmit(arguments[2], arguments[3], count == 5 ? arguments[4] : NULL);
    } else {
        fprintf(stderr, "Usage: copy receive PORT FILE | send PORT FILE [CONGESTION-CONTROL]\n");
        return 2;
    }
    return 0;
}
