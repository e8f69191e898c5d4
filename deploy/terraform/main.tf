# The first section of deploy/README.md as code: services, registry, bucket, dataset, topic, accounts and roles.
#   terraform init && terraform apply -var project=acme-news

terraform {
  required_version = ">= 1.5"
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 5.0"
    }
  }
}

variable "project" {
  type        = string
  description = "The project that everything belongs to."
}

variable "region" {
  type        = string
  description = "Where jobs run and data is kept."
  default     = "europe-west1"
}

provider "google" {
  project = var.project
  region  = var.region
}

resource "google_project_service" "needed" {
  for_each = toset([
    "artifactregistry", "bigquery", "compute", "dataflow", "iamcredentials", "logging", "monitoring", "pubsub", "storage",
    "sts",
  ])
  service            = "${each.key}.googleapis.com"
  disable_on_destroy = false
}

resource "google_artifact_registry_repository" "dateline" {
  repository_id = "dateline"
  format        = "DOCKER"
  location      = var.region
  depends_on    = [google_project_service.needed]
}

resource "google_storage_bucket" "dateline" {
  name                        = "${var.project}-dateline"
  location                    = var.region
  uniform_bucket_level_access = true
  soft_delete_policy {
    retention_duration_seconds = 0
  }
}

resource "google_bigquery_dataset" "news" {
  dataset_id = "news"
  location   = var.region
  depends_on = [google_project_service.needed]
}

resource "google_pubsub_topic" "pages" {
  name       = "pages"
  depends_on = [google_project_service.needed]
}

resource "google_pubsub_subscription" "pages" {
  name                       = "pages"
  topic                      = google_pubsub_topic.pages.id
  ack_deadline_seconds       = 600
  message_retention_duration = "604800s"
  expiration_policy {
    ttl = ""
  }
}

resource "google_service_account" "worker" {
  account_id = "dateline-worker"
}

resource "google_service_account" "deployer" {
  account_id = "dateline-deployer"
}

locals {
  worker   = "serviceAccount:${google_service_account.worker.email}"
  deployer = "serviceAccount:${google_service_account.deployer.email}"
}

resource "google_project_iam_member" "worker" {
  for_each = toset(["dataflow.worker", "dataflow.viewer", "bigquery.jobUser"])
  project  = var.project
  role     = "roles/${each.key}"
  member   = local.worker
}

resource "google_project_iam_member" "deployer" {
  for_each = toset(["dataflow.developer", "monitoring.viewer", "bigquery.jobUser"])
  project  = var.project
  role     = "roles/${each.key}"
  member   = local.deployer
}

resource "google_pubsub_subscription_iam_member" "worker" {
  for_each     = toset(["pubsub.subscriber", "pubsub.viewer"])
  subscription = google_pubsub_subscription.pages.name
  role         = "roles/${each.key}"
  member       = local.worker
}

resource "google_pubsub_topic_iam_member" "deployer" {
  topic  = google_pubsub_topic.pages.name
  role   = "roles/pubsub.publisher"
  member = local.deployer
}

resource "google_bigquery_dataset_iam_member" "rows" {
  for_each   = { dataEditor = local.worker, dataViewer = local.deployer }
  dataset_id = google_bigquery_dataset.news.dataset_id
  role       = "roles/bigquery.${each.key}"
  member     = each.value
}

resource "google_storage_bucket_iam_member" "objects" {
  for_each = { worker = local.worker, deployer = local.deployer }
  bucket   = google_storage_bucket.dateline.name
  role     = "roles/storage.objectAdmin"
  member   = each.value
}

resource "google_artifact_registry_repository_iam_member" "images" {
  for_each   = { reader = local.worker, writer = local.deployer }
  repository = google_artifact_registry_repository.dateline.name
  location   = var.region
  role       = "roles/artifactregistry.${each.key}"
  member     = each.value
}

resource "google_service_account_iam_member" "deployer" {
  service_account_id = google_service_account.worker.name
  role               = "roles/iam.serviceAccountUser"
  member             = local.deployer
}
