using '../main.bicep'

param environmentName = 'prod'
param location = 'eastus2'
param site = readEnvironmentVariable('SITE')
param storageSku = 'Standard_GZRS'
param logRetentionDays = 365
param privateNetworking = true
param maximumInstances = 100
param alertEmails = [readEnvironmentVariable('ALERT_EMAIL')]
param recordKeys = readEnvironmentVariable('RECORD_KEYS')
