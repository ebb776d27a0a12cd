// The reference for datagrams: an epoll loop, edge-triggered, that receives each and sends it back by a call of its own
// until there is none left.
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>

static char buffer[65536];

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void echo_all(int fd) {
    for (;;) {
        struct sockaddr_in peer;
        socklen_t length = sizeof peer;
        ssize_t received = recvfrom(fd, buffer, sizeof buffer, 0, (struct sockaddr *)&peer, &length);
        if (received < 0 && errno == EAGAIN) return;
        if (received < 0) fail("recvfrom");
        if (sendto(fd, buffer, (size_t)received, 0, (struct sockaddr *)&peer, length) < 0) fail("sendto");
    }
}

int main(int count, char **arguments) {
    if (count != 2) {
        fprintf(stderr, "Usage: datagrams PORT\n");
        return 2;
    }
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    int loop = epoll_create1(0);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(arguments[1]))};
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    struct epoll_event event = {.events = EPOLLIN | EPOLLET};
    if (fd < 0 || bind(fd, (struct sockaddr *)&here, sizeof here) < 0) fail("bind");
    if (loop < 0 || epoll_ctl(loop, EPOLL_CTL_ADD, fd, &event) < 0) fail("epoll_ctl");
    printf("listening %s\n", arguments[1]);
    fflush(stdout);
    for (;;) {
        int ready = epoll_wait(loop, &event, 1, -1);
        if (ready < 0 && errno != EINTR) fail("epoll_wait");
        if (ready > 0) echo_all(fd);
    }
}
