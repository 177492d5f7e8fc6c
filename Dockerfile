FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 DATA_DIR=/data STATIC_DIR=/app/collected
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt \
    && useradd --create-home --uid 1000 cmetrack \
    && mkdir /data && chown cmetrack /data
COPY --chown=cmetrack . .
RUN python -m compileall -q accounts cmetrack milestones networking portfolio progress \
    && SECRET_KEY=only-for-building python manage.py collectstatic --noinput --verbosity 0
USER cmetrack
VOLUME /data
EXPOSE 8000
CMD ["./start"]
