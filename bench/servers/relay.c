// The reference for relays: one direction of one connection at a time, with blocking calls; the bytes are copied
// through this process, or stay in the kernel.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { piece = 256 * 1024 };

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

static void copy(int from, int to) {
    ssize_t count;
    while ((count = read(from, buffer, piece)) > 0) {
        for (ssize_t done = 0, sent; done < count; done += sent) {
            if ((sent = write(to, buffer + done, (size_t)(count - done))) < 0) return;
        }
    }
}

static void move(int from, int to) {
    int ends[2];
    if (pipe(ends) < 0 || fcntl(ends[1], F_SETPIPE_SZ, piece) < 0) fail("pipe");
    ssize_t count;
    while ((count = splice(from, NULL, ends[1], NULL, piece, SPLICE_F_MOVE)) > 0) {
        for (ssize_t sent; count > 0; count -= sent) {
            if ((sent = splice(ends[0], NULL, to, NULL, (size_t)count, SPLICE_F_MOVE)) <= 0) {
                count = 0;
                break;
            }
        }
    }
    close(ends[0]);
    close(ends[1]);
}

int main(int count, char **arguments) {
    if (count != 4) {
        fprintf(stderr, "Usage: relay PORT TARGET copy|splice\n");
        return 2;
    }
    struct sockaddr_in here, there;
    int listener = tcp(&here, arguments[1]), yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (struct sockaddr *)&here, sizeof here) < 0 || listen(listener, 16) < 0) fail("bind");
    printf("listening %s\n", arguments[1]);
    fflush(stdout);
    for (;;) {
        int from = accept(listener, NULL, NULL);
        int to = tcp(&there, arguments[2]);
        if (from < 0 || connect(to, (struct sockaddr *)&there, sizeof there) < 0) fail("connect");
        (strcmp(arguments[3], "splice") == 0 ? move : copy)(from, to);
        close(from);
        close(to);
    }
}
